"""Who may ask for how much work, told by a clock that stands still unless it is moved."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from stackbuilder.suggesting.work_limits import Buckets, TurnRefusedError, Turns, client_of

ALICE, BOB = "192.0.2.1", "192.0.2.2"


class Clock:
    """A clock that is moved by hand, in seconds."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def buckets(clock):
    """Three turns at once, then one every ten seconds."""
    return Buckets(burst=3, refill_seconds=10, most_clients=2, clock=clock)


def take_all(buckets, client):
    return [buckets.take(client) for _ in range(3)]


def test_bucket_gives_its_turns_and_then_says_how_long_to_wait(buckets):
    assert take_all(buckets, ALICE) == [0, 0, 0]
    assert buckets.take(ALICE) == 10


def test_refusal_costs_nothing(buckets, clock):
    take_all(buckets, ALICE)
    clock.now += 4

    assert [buckets.take(ALICE), buckets.take(ALICE)] == [pytest.approx(6), pytest.approx(6)]


def test_bucket_refills_up_to_its_size(buckets, clock):
    take_all(buckets, ALICE)
    clock.now += 10

    assert buckets.take(ALICE) == 0
    assert buckets.take(ALICE) == pytest.approx(10)

    clock.now += 10_000
    assert take_all(buckets, ALICE) == [0, 0, 0]
    assert buckets.take(ALICE) > 0


def test_clock_that_goes_back_gives_nothing_away(buckets, clock):
    take_all(buckets, ALICE)
    clock.now -= 500

    assert buckets.take(ALICE) == pytest.approx(10)


def test_clients_have_buckets_of_their_own(buckets):
    take_all(buckets, ALICE)

    assert buckets.take(BOB) == 0


def test_client_unseen_for_longest_is_dropped_first(buckets):
    take_all(buckets, ALICE)
    take_all(buckets, BOB)
    buckets.take(ALICE)  # refused, yet seen
    buckets.take("192.0.2.3")

    assert len(buckets) == 2
    assert buckets.take(ALICE) > 0
    assert buckets.take(BOB) == 0


def test_nothing_that_is_kept_tells_an_address(buckets):
    buckets.take(ALICE)

    (who,) = buckets._left
    assert ALICE.encode() not in who
    other = Buckets(burst=3, refill_seconds=10)
    other.take(ALICE)
    assert who not in other._left  # each process has a key of its own


def test_forgotten_clients_start_anew(buckets):
    take_all(buckets, ALICE)
    buckets.forget()

    assert len(buckets) == 0
    assert buckets.take(ALICE) == 0


def test_turn_is_refused_when_the_bucket_is_empty(buckets):
    turns = Turns(buckets, at_once=1)
    for _ in range(3):
        with turns.turn(ALICE):
            pass

    with pytest.raises(TurnRefusedError) as raised, turns.turn(ALICE):
        pass

    assert (raised.value.seconds, raised.value.is_busy) == (10, False)
    with turns.turn(BOB):
        pass


def test_turn_is_refused_at_once_when_all_places_are_taken(buckets):
    turns = Turns(buckets, at_once=1)

    with turns.turn(ALICE), pytest.raises(TurnRefusedError) as raised, turns.turn(BOB):
        pass

    assert raised.value.is_busy
    assert take_all(buckets, BOB) == [0, 0, 0]  # whoever found no place has lost no turn


def test_place_is_given_back_after_an_error(buckets):
    turns = Turns(buckets, at_once=1)

    with pytest.raises(ZeroDivisionError), turns.turn(ALICE):
        raise ZeroDivisionError

    with turns.turn(ALICE):
        pass


def test_no_more_than_so_many_threads_are_at_work_at_once():
    turns = Turns(Buckets(burst=100, refill_seconds=1), at_once=2)
    everybody_asked = Barrier(4, timeout=10)

    def ask(_):
        try:
            with turns.turn(ALICE):
                everybody_asked.wait()
                return "worked"
        except TurnRefusedError:
            everybody_asked.wait()
            return "refused"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(ask, range(4)))

    assert answers == ["refused", "refused", "worked", "worked"]


@pytest.mark.parametrize(
    "address, client",
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("a socket", "a socket"),
        ("", ""),
    ],
)
def test_client_is_an_address_or_an_ipv6_network(address, client):
    assert client_of({"REMOTE_ADDR": address}, is_behind_proxy=False) == client


@pytest.mark.parametrize(
    "forwarded, client",
    [
        ("192.0.2.7", "192.0.2.7"),
        ("203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("anything, 2001:db8::1", "2001:db8::/64"),
        ("", "127.0.0.1"),
        ("192.0.2.7,", "127.0.0.1"),
    ],
)
def test_behind_a_proxy_the_last_address_counts(forwarded, client):
    meta = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}

    assert client_of(meta, is_behind_proxy=True) == client


def test_without_a_proxy_nobody_can_call_themselves_somebody_else():
    meta = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}

    assert client_of(meta, is_behind_proxy=False) == "192.0.2.7"
