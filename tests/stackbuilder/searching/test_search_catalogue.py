"""What people type, and what comes first in the shipped catalogue; the same on both databases.

Each line is a question and the thing that must come first: a compound by its slug, goal:… or
outcome:… by theirs, or nothing. A miss is named by its line.
"""

import pytest

from evidence.models import Compound, EvidenceVersion, Goal
from stackbuilder.searching.page import EXAMPLES
from stackbuilder.searching.search import search

pytestmark = pytest.mark.django_db

FIRST_HITS = """
talpha1 > thymosin-alpha-1
Tα1 > thymosin-alpha-1
thymosin a1 > thymosin-alpha-1
thymosin α-1 > thymosin-alpha-1
tymosin alpha 1 > thymosin-alpha-1
Zadaxin > thymosin-alpha-1
Tβ4 > thymosin-beta-4
tb500 > thymosin-beta-4
β-alanine > beta-alanine
b-alanine > beta-alanine
TNF-α > outcome:tnf-alpha
tumour necrosis factor > outcome:tnf-alpha
tumor necrosis factor > outcome:tnf-alpha
γ-glutamylethylamide > l-theanine
β-sitosterol > plant-sterols
melotonin > melatonin
MÉLATONINE > melatonin
ashwaganda > ashwagandha
ashwagandah > ashwagandha
whithania > ashwagandha
kreatin > creatine
creatine monohydrat > creatine
magnesum > magnesium
magnesium sleep > magnesium
omega 3 > omega-3
omega3 > omega-3
omga-3 > omega-3
fishoil > omega-3
EPA > omega-3
vit d > vitamin-d
vitmain d > vitamin-d
vitamin D3 > vitamin-d
vit c > vitamin-c
st johns wort > st-johns-wort
St. John's > st-johns-wort
St John’s worth > st-johns-wort
coq10 > coenzyme-q10
co q 10 > coenzyme-q10
q10 > coenzyme-q10
coenzime q10 > coenzyme-q10
ubiquinol > coenzyme-q10
Ozempic > semaglutide
wegovi > semaglutide
mounjaro > tirzepatide
glucofage > metformin
tumeric > curcumin
curcummin > curcumin
NAC > n-acetylcysteine
MK677 > ibutamoren
pt141 > bremelanotide
gingko biloba > ginkgo
psylium > psyllium
metamucil > psyllium
hydrolyzed collagen > collagen-peptides
caffiene > caffeine
protien powder > whey-protein
bpc157 > bpc-157
lavendar oil > lavender-oil
beetroot juice > dietary-nitrate
red rice yeast > red-yeast-rice
probiotic > probiotics
nicotinamid ribosid > nicotinamide-riboside
sleeping > goal:sleep
insomnia > goal:sleep
sleepless > goal:sleep
anxious > goal:stress-anxiety
anxeity > goal:stress-anxiety
depressed > goal:mood
depresion > goal:mood
cholesterol lowering > outcome:ldl-cholesterol
kolesterol > outcome:ldl-cholesterol
muscle building > goal:muscle-growth
hypertension > goal:blood-pressure
high blood pressure > goal:blood-pressure
blod presure > goal:blood-pressure
something for my arthritic knees > goal:joint-health
anti inflammatory > goal:anti-inflammation
inflamed > goal:anti-inflammation
immune system > goal:immune-support
strenght > goal:strength-power
endurence > goal:endurance
wieght loss > goal:fat-loss
diabetic > goal:blood-sugar
constipated > goal:digestion
osteoporosis > goal:bone-health
dry eyes > goal:eye-health
anti-ageing > goal:longevity
antiaging > goal:longevity
libido > goal:sexual-health
brain fog > goal:cognition
sore muscles > goal:recovery
tired > outcome:fatigue
jetlag > outcome:jet-lag
crp > outcome:c-reactive-protein
HbA1c > outcome:hba1c
testosterone booster > outcome:testosterone
kidney stones > vitamin-c
milk thistle > nothing
vitamin k > nothing
rhodiola > nothing
maca > nothing
lion's mane > nothing
"""
PAIRS = [tuple(line.split(" > ")) for line in FIRST_HITS.strip().splitlines()]


def first_of(text):
    """Return the first hit as these lines name it."""
    hits = search(text, version=EvidenceVersion.objects.current_number()).hits
    if not hits:
        return "nothing"
    slug = hits[0].url.rstrip("/").rpartition("/")[2].removeprefix("#outcome-")
    return slug if hits[0].kind == "compound" else f"{hits[0].kind}:{slug}"


@pytest.mark.parametrize("text, first", PAIRS)
def test_first_hit_is_what_was_meant(catalogue, text, first):
    assert first_of(text) == first


def test_every_name_in_the_catalogue_finds_its_own_compound_first(catalogue):
    lost = [
        (name, first_of(name), compound.slug)
        for compound in Compound.objects.prefetch_related("aliases")
        for name in (compound.name, *(alias.name for alias in compound.aliases.all()))
        if first_of(name) != compound.slug
    ]

    assert lost == []


def test_every_goal_is_found_by_its_name(catalogue):
    goals = Goal.objects.values_list("slug", "name")

    assert [slug for slug, name in goals if first_of(name) != f"goal:{slug}"] == []


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_of_the_page_find_something(catalogue, text):
    assert first_of(text) != "nothing"


@pytest.mark.parametrize("slug", ["melatonin", "ashwagandha", "tirzepatide", "magnesium"])
def test_compound_is_first_from_the_fourth_letter_on(catalogue, slug):
    beginnings = [slug[:length] for length in range(4, len(slug) + 1)]

    assert [first_of(text) for text in beginnings] == [slug] * len(beginnings)
