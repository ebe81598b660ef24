"""What a member of staff does to a row, with the record that the admin would leave of it."""


def edit(row, *, by, **values):
    """Change a row, or store a new one, as somebody; `by` None is nobody known."""
    for name, value in values.items():
        setattr(row, name, value)
    row._history_user = by
    row.save()


def delete(row, *, by):
    """Delete a row as somebody."""
    row._history_user = by
    row.delete()
