"""Korean: year, month, day, each with its word, and 24 hours."""

DATE_FORMAT = "Y년 n월 j일"
DATETIME_FORMAT = "Y년 n월 j일 H:i"
MONTH_DAY_FORMAT = "n월 j일"
TIME_FORMAT = "H:i"
YEAR_MONTH_FORMAT = "Y년 n월"
