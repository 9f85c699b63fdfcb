-- What the law says, as the oracle knows it, and the moment at which it looks.

CREATE TEMP TABLE clock (now INTEGER NOT NULL);

CREATE TEMP TABLE rate ( -- of arbeidsgiveravgift in 2025 and 2026, in hundredths of a percent
    zone TEXT PRIMARY KEY,
    ordinary INTEGER NOT NULL,
    agriculture INTEGER NOT NULL
);
INSERT INTO rate VALUES
    ('1', 1410, 1410),
    ('1a', 1060, 1060), -- ordinary: until the fribeløp is used up
    ('2', 1060, 1060),
    ('3', 640, 640),
    ('4', 510, 510),
    ('4a', 790, 510),
    ('5', 0, 0);

CREATE TEMP TABLE law AS SELECT
    1410 AS rate_when_used_up,
    85000000 * 1000 / 35 AS base_until_used_up, -- 850 000 kr is 3.5 % of it, whole øre
    500 AS finansskatt,
    5000 AS without_card,
    '76940524802' AS account;
