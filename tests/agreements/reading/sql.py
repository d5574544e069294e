"""The figures counted by plain SQL from their definitions (agreements/key_figures.py), without a line of the product.

Runs on SQLite and PostgreSQL alike.
"""

from django.db import connection

A = "SELECT id FROM agreements_agreement WHERE event_id = %(event)s AND withdrawn_at IS NULL"
# Each counted agreement with its givers, its sectors and the municipalities that its parties have said.
FACTS = f"""
    SELECT a.id, a.kind, a.first_time, a.category_id, a.challenge_id,
        (SELECT COUNT(*) FROM agreements_party p WHERE p.agreement_id = a.id AND p.gives <> '') AS givers,
        (SELECT COUNT(DISTINCT q.sector) FROM agreements_party p
            JOIN participants_participant q ON q.id = p.participant_id WHERE p.agreement_id = a.id) AS sectors,
        (SELECT COUNT(DISTINCT LOWER(q.municipality)) FROM agreements_party p
            JOIN participants_participant q ON q.id = p.participant_id
            WHERE p.agreement_id = a.id AND q.municipality <> '') AS places
    FROM agreements_agreement a WHERE a.id IN ({A})
"""
TAKES_PART = f"""
    SELECT q.id FROM participants_participant q WHERE q.event_id = %(event)s AND (q.status = 'approved'
        OR EXISTS (SELECT 1 FROM agreements_party p WHERE p.participant_id = q.id AND p.agreement_id IN ({A})))
"""
RESOURCES = f"""SELECT * FROM participants_resource WHERE participant_id IN ({TAKES_PART})"""
NAMED = f"SELECT {{}} FROM agreements_party WHERE {{}} IS NOT NULL AND agreement_id IN ({A})"

ONE = {
    "agreements": f"SELECT COUNT(*) FROM ({A}) x",
    "intents": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE kind = 'intent'",
    "mutual": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE givers >= 2",
    "one_way": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE givers < 2",
    "across_sectors": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE sectors >= 2",
    "first_meetings": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE sectors >= 2 AND first_time = 'yes'",
    "first_meetings_answered": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE sectors >= 2 AND first_time <> 'unknown'",
    "participants": f"SELECT COUNT(*) FROM ({TAKES_PART}) t",
    "participants_with_agreement": f"SELECT COUNT(DISTINCT participant_id) FROM agreements_party "
    f"WHERE agreement_id IN ({A})",
    "checked_in": "SELECT COUNT(*) FROM participants_participant "
    "WHERE event_id = %(event)s AND checked_in_at IS NOT NULL",
    "people_present": "SELECT COALESCE(SUM(present), 0) FROM participants_participant "
    "WHERE event_id = %(event)s AND checked_in_at IS NOT NULL",
    "offers": f"SELECT COUNT(*) FROM ({RESOURCES}) r WHERE kind = 'offer'",
    "offers_used": f"SELECT COUNT(*) FROM ({RESOURCES}) r WHERE kind = 'offer' "
    f"AND id IN ({NAMED.format('offer_id', 'offer_id')})",
    "offers_open": f"SELECT COUNT(*) FROM ({RESOURCES}) r WHERE kind = 'offer' AND closed_at IS NULL",
    "needs": f"SELECT COUNT(*) FROM ({RESOURCES}) r WHERE kind = 'need'",
    "needs_met": f"SELECT COUNT(*) FROM ({RESOURCES}) r WHERE kind = 'need' "
    f"AND (closed_at IS NOT NULL OR id IN ({NAMED.format('need_id', 'need_id')}))",
    "needs_unmet": f"SELECT COUNT(*) FROM ({RESOURCES}) r WHERE kind = 'need' "
    f"AND closed_at IS NULL AND id NOT IN ({NAMED.format('need_id', 'need_id')})",
    "goal": "SELECT goal FROM borsen_event WHERE id = %(event)s",
    "inside_municipality": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE places = 1",
    "across_municipalities": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE places >= 2",
    "no_municipality": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE places = 0",
    "several_sectors": f"SELECT COUNT(*) FROM ({FACTS}) f WHERE sectors >= 3",
}
CATEGORIES = f"""SELECT c.name, COUNT(f.id) FROM participants_category c LEFT JOIN ({FACTS}) f ON f.category_id = c.id
    WHERE c.event_id = %(event)s GROUP BY c.id, c.name"""
CHALLENGES = f"""SELECT c.text, COUNT(f.id) FROM borsen_challenge c LEFT JOIN ({FACTS}) f ON f.challenge_id = c.id
    WHERE c.event_id = %(event)s GROUP BY c.id, c.text"""
# Agreements between exactly two sectors: the smallest and the largest of an agreement with one or two.
PAIRS = f"""
    SELECT low, high, SUM(CASE WHEN givers >= 2 THEN 1 ELSE 0 END), SUM(CASE WHEN givers < 2 THEN 1 ELSE 0 END)
    FROM (SELECT f.id, f.givers, MIN(q.sector) AS low, MAX(q.sector) AS high FROM ({FACTS}) f
        JOIN agreements_party p ON p.agreement_id = f.id JOIN participants_participant q ON q.id = p.participant_id
        WHERE f.sectors <= 2 GROUP BY f.id, f.givers) s
    GROUP BY low, high
"""
EXCHANGE = f"""
    SELECT q.sector, COUNT(DISTINCT CASE WHEN p.gives <> '' THEN f.id END),
        COUNT(DISTINCT CASE WHEN f.givers > (CASE WHEN p.gives <> '' THEN 1 ELSE 0 END) THEN f.id END)
    FROM ({FACTS}) f JOIN agreements_party p ON p.agreement_id = f.id
        JOIN participants_participant q ON q.id = p.participant_id
    GROUP BY q.sector
"""


def rows(query, event):
    with connection.cursor() as cursor:
        cursor.execute(query, {"event": event.pk})
        return cursor.fetchall()


def figures(event):
    """Every single figure by its key."""
    found = {key: int(rows(query, event)[0][0]) for key, query in ONE.items()}
    return {**found, "goal_percent": found["agreements"] * 100 // found["goal"]}


def categories(event):
    return dict(rows(CATEGORIES, event))


def challenges(event):
    return dict(rows(CHALLENGES, event))


def pairs(event):
    """(mutual, one-way) by the two sectors as they are stored."""
    return {frozenset({low, high}): (int(mutual), int(one_way)) for low, high, mutual, one_way in rows(PAIRS, event)}


def exchange(event):
    """(given, received) by sector."""
    return {sector: (given, received) for sector, given, received in rows(EXCHANGE, event)}
