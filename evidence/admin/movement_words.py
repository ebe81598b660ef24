"""What an act moves, in words for staff: letter, verdict and place, before and after."""


def standing_words(standing):
    """Return a profile and its place in words; no letter without its verdict."""
    profile = standing.profile
    if profile.mean is None:
        place = "nothing counted"
    elif standing.place is None:
        place = "no place: the compound is not public"
    else:
        place = f"place {standing.place} of {standing.of}"
    return f"{profile.letter} {profile.verdict} ({place})"


def movement_words(movement):
    """Return one movement as a sentence that says what would happen."""
    pair = f"{movement.compound} for {movement.goal}"
    before, after = movement.before, movement.after
    if before is None and after is None:
        return f"{pair} has no evidence, before or after."
    if before is None:
        return f"This would enter {pair} as {standing_words(after)}."
    if after is None:
        return f"This would take {pair} off the list, from {standing_words(before)}."
    if not movement.is_move:
        return f"{pair} stays as it is: {standing_words(before)}."
    words = standing_words(before), standing_words(after)
    if words[0] == words[1]:
        return f"{pair} stays {words[0]}, with other figures."
    return f"This would move {pair} from {words[0]} to {words[1]}."
