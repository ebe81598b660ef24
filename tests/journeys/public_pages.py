"""Every page that is open to visitors, in each shape that it takes."""

from dataclasses import dataclass

GOALS = "/?goal=sleep:3&goal=stress-anxiety"


@dataclass(frozen=True)
class PublicPage:
    """An address and the status of its answer; `press` is a button to press once it is open."""

    path: str
    status: int = 200
    press: str | None = None


PAGES = {
    "builder-empty": PublicPage("/"),
    "builder-ranked": PublicPage(GOALS),
    "builder-why": PublicPage(f"{GOALS}&why=melatonin"),
    "builder-apart": PublicPage("/?goal=immune-support"),
    "builder-problem": PublicPage("/?goal=sleep&goal=levitation", 400),
    "builder-preferences": PublicPage(f"{GOALS}&region=US&tested=yes&certainty=moderate"),
    "builder-stack": PublicPage(f"{GOALS}&in=saffron&in=melatonin&in=valerian"),
    "builder-pinned": PublicPage(f"{GOALS}&in=saffron&evidence=1"),
    "about-you": PublicPage("/about-you/?goal=sleep:2"),
    "suggest": PublicPage(f"/suggest/{GOALS[1:]}"),
    "suggest-budget": PublicPage(f"/suggest/{GOALS[1:]}&budget=40&size=2"),
    "suggest-clash": PublicPage(f"/suggest/{GOALS[1:]}&must=saffron&not=saffron", 422),
    "suggest-problem": PublicPage(f"/suggest/{GOALS[1:]}&budget=-1", 400),
    "suggest-curve": PublicPage(f"/suggest/curve/{GOALS[1:]}"),
    "compare": PublicPage("/compare/?in=melatonin&in=valerian&in=saffron&in=ashwagandha"),
    "compare-choose": PublicPage("/compare/"),
    "compare-problem": PublicPage("/compare/?in=melatonin&in=valerian&in=unheard-of", 400),
    "print": PublicPage(f"/print/{GOALS[1:]}&in=saffron&in=melatonin"),
    "stack-new": PublicPage(f"/stacks/new/{GOALS[1:]}&in=saffron"),
    "stack-gone": PublicPage("/stacks/unheard-of/", 404),
    "search": PublicPage("/search/"),
    "search-hits": PublicPage("/search/?q=insomnia"),
    "search-guess": PublicPage("/search/?q=melotonin"),
    "search-none": PublicPage("/search/?q=milk+thistle"),
    "goals": PublicPage("/goals/"),
    "goal": PublicPage("/goals/anti-inflammation/"),
    "compounds": PublicPage("/compounds/"),
    "compounds-problem": PublicPage("/compounds/?q=mel&kind=potion", 400),
    "compounds-none": PublicPage("/compounds/?q=unheard-of"),
    "thymosin-alpha-1": PublicPage("/compounds/thymosin-alpha-1/"),
    "melatonin": PublicPage("/compounds/melatonin/"),
    "bpc-157": PublicPage("/compounds/bpc-157/"),
    "vendors": PublicPage("/compounds/melatonin/vendors/"),
    "vendors-region": PublicPage("/compounds/melatonin/vendors/?region=US"),
    "vendors-none": PublicPage("/compounds/bpc-157/vendors/"),
    "vendors-problem": PublicPage("/compounds/melatonin/vendors/?region=Atlantis", 400),
    "listing-gone": PublicPage("/go/999999/", 404),
    "study-corrected": PublicPage("/studies/pmid:39814420/"),
    "study-retracted": PublicPage("/studies/doi:10.1371/journal.pone.0215840/"),
    "study-untraced": PublicPage("/studies/untraced:melatonin-1/"),
    "articles": PublicPage("/articles/"),
    "articles-none": PublicPage("/articles/?goal=sleep"),
    "article": PublicPage("/articles/thymosin-alpha-1-for-anti-inflammation/"),
    "changes": PublicPage("/changes/"),
    "changes-of-one": PublicPage("/changes/?compound=melatonin"),
    "changes-problem": PublicPage("/changes/?compound=unheard-of", 400),
    "change": PublicPage("/changes/1/"),
    "api": PublicPage("/api/"),
    "data": PublicPage("/data/"),
    "method": PublicPage("/method/"),
    "about": PublicPage("/about/"),
    "privacy": PublicPage("/privacy/"),
    "disclaimer": PublicPage("/disclaimer/"),
    "accessibility": PublicPage("/accessibility/"),
    "data-licence": PublicPage("/data-licence/"),
    "report": PublicPage("/report/?page=/compounds/melatonin/&figure=melatonin-01"),
    "report-refused": PublicPage("/report/", 422, press="Send the report"),
    "report-problem": PublicPage("/report/?page=//example.org/", 400),
    "report-thanks": PublicPage("/report/thanks/"),
    "not-found": PublicPage("/compounds/unheard-of/", 404),
    "unreadable": PublicPage("/?goal=%00", 400),
}

# Routes without a page above, and why.
EXEMPT = {
    "/stacks/deleted/": "what follows a deletion; see test_saved_stack",
    "/stacks/edit/<str:secret>/": "needs a saved stack; see test_saved_stack",
    "/stacks/edit/<str:secret>/delete/": "an act, by POST alone",
    "/stacks/<str:token>/print/": "needs a saved stack; the sheet itself is “print”",
    "/stacks/<str:token>/csv/": "a file",
    "/stacks/<str:token>/json/": "a file",
    "/about-you/forget/": "an act, by POST alone",
    "/about-you/let-in/": "an act, by POST alone",
    "/data/json/": "a file",
    "/data/csv/": "a file",
    "/robots.txt": "for programs",
    "/sitemap.xml": "for programs",
    "/sitemap-<slug:section>.xml": "for programs",
    "/.well-known/security.txt": "plain text",
    "/share/compound/<slug:slug>.png": "a picture",
    "/share/article/<slug:slug>.png": "a picture",
    "/changes/feed/": "for programs that read feeds",
    "/compounds/<slug:slug>/feed/": "for programs that read feeds",
    "/goals/<slug:slug>/feed/": "for programs that read feeds",
    "/healthz": "asked by machines, answered by one word of plain text",
    "/style/": "for staff: a visitor is sent to the log-in page",
}
# Whatever begins so is Django's own, for staff, as the accessibility statement says; or the API,
# which answers programs.
EXEMPT_PREFIXES = ("/admin/", "/api/v1/")
