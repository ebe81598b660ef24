/* The admin's choosers tell only jQuery when somebody chooses; htmx listens to the browser. */
django.jQuery(document).on("change", "select", function (event) {
  if (!event.originalEvent) {
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
