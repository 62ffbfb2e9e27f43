/*
 * schemes.c
 *		The published schemes. Sources stand in each; what could not be confirmed
 *		in the published text says so there.
 */
#include "postgres.h"

#include "schemes.h"

const PublishedScheme published_schemes[] = {
	{"programme",
		"{\"name\": \"programme\","
		" \"source\": \"scorecard: the status column of progress(); cut-offs 95 and 60 of the projected attainment\","
		" \"measure\": \"status\"}"},

	{"eurostat",
		"{\"name\": \"eurostat\","
		" \"source\": \"Eurostat, SDG monitoring report, Annex III (2021): ratio of actual to required growth, 95/60/0; without a target growth of 1 % a year (not confirmed in the published text)\","
		" \"measure\": \"growth_ratio\","
		" \"classes\": [{\"class\": \"significant_progress\", \"from\": 0.95},"
		"  {\"class\": \"moderate_progress\", \"from\": 0.6},"
		"  {\"class\": \"insufficient_progress\", \"from\": 0}],"
		" \"otherwise\": \"movement_away\","
		" \"without_target\": {\"measure\": \"growth\","
		"  \"classes\": [{\"class\": \"significant_progress\", \"from\": 0.01},"
		"   {\"class\": \"moderate_progress\", \"from\": 0},"
		"   {\"class\": \"moderate_movement_away\", \"from\": -0.01, \"open\": true}],"
		"  \"otherwise\": \"significant_movement_away\"}}"},

	{"statcan",
		"{\"name\": \"statcan\","
		" \"source\": \"Statistics Canada and Open SDG: met first, then ratio of actual to required growth 0.95/0.60/0, score -5 to 5; without a target growth of 1.5 % and 0.5 % a year\","
		" \"measure\": \"growth_ratio\","
		" \"met\": \"target_achieved\", \"met_score\": 5, \"past_due\": \"latest\","
		" \"classes\": [{\"class\": \"substantial_progress\", \"from\": 0.95},"
		"  {\"class\": \"moderate_progress\", \"from\": 0.6},"
		"  {\"class\": \"limited_progress\", \"from\": 0}],"
		" \"otherwise\": \"deterioration\","
		" \"score\": {\"low\": -5, \"high\": 5, \"pieces\": ["
		"  {\"from\": 0.6, \"slope\": 7.1429, \"intercept\": -4.2857},"
		"  {\"slope\": 4.1667, \"intercept\": -2.5}]},"
		" \"without_target\": {\"measure\": \"growth\","
		"  \"classes\": [{\"class\": \"substantial_progress\", \"from\": 0.015},"
		"   {\"class\": \"moderate_progress\", \"from\": 0.005},"
		"   {\"class\": \"limited_progress\", \"from\": 0}],"
		"  \"otherwise\": \"deterioration\", \"limit_exponent\": 4.44,"
		"  \"score\": {\"low\": -5, \"high\": 5, \"pieces\": ["
		"   {\"from\": 0.015, \"slope\": 500, \"intercept\": -5},"
		"   {\"from\": 0.005, \"slope\": 250, \"intercept\": -1.25},"
		"   {\"from\": 0, \"slope\": 500, \"intercept\": -2.5},"
		"   {\"slope\": 125, \"intercept\": -2.5}]}}}"},

	{"unsd",
		"{\"name\": \"unsd\","
		" \"source\": \"UN Statistics Division, SDG progress chart: attainment of the growth projection 95 % and 10 %, within 1 of a 0 or 100 target counts as met; without a target growth of 2 % and 0.5 % a year\","
		" \"measure\": \"projected_attainment\", \"projection\": \"growth\", \"scale\": 0.01,"
		" \"met\": \"met\", \"met_score\": 3, \"tolerance\": {\"within\": 1, \"targets\": [0, 100]},"
		" \"classes\": [{\"class\": \"on_track\", \"from\": 0.95},"
		"  {\"class\": \"progress_insufficient\", \"from\": 0.1}],"
		" \"otherwise\": \"stagnation_or_regression\","
		" \"score\": {\"low\": 1, \"high\": 3, \"pieces\": ["
		"  {\"from\": 0.95, \"slope\": 0, \"intercept\": 3},"
		"  {\"from\": 0.1, \"slope\": 0, \"intercept\": 2},"
		"  {\"slope\": 0, \"intercept\": 1}]},"
		" \"without_target\": {\"measure\": \"growth\","
		"  \"classes\": [{\"class\": \"on_track\", \"from\": 0.02},"
		"   {\"class\": \"progress_insufficient\", \"from\": 0.005}],"
		"  \"otherwise\": \"stagnation_or_regression\","
		"  \"score\": {\"low\": 1, \"high\": 3, \"pieces\": ["
		"   {\"from\": 0.02, \"slope\": 0, \"intercept\": 3},"
		"   {\"from\": 0.005, \"slope\": 0, \"intercept\": 2},"
		"   {\"slope\": 0, \"intercept\": 1}]}}}"},

	{"escap",
		"{\"name\": \"escap\","
		" \"source\": \"UN ESCAP, anticipated progress index: what a weighted regression leaves of the gap, 10 % and 100 % (class limits not confirmed in the published text); score: current status index, a tenth of the distance\","
		" \"measure\": \"projected_attainment\", \"projection\": \"weighted_least_squares\","
		" \"met\": \"will_meet_or_maintain\","
		" \"classes\": [{\"class\": \"will_meet_or_maintain\", \"from\": 90},"
		"  {\"class\": \"accelerate\", \"from\": 0}],"
		" \"otherwise\": \"reverse\","
		" \"score\": {\"measure\": \"attainment_distance\", \"pieces\": [{\"slope\": 0.1, \"intercept\": 0}]}}"},

	{"sdsn",
		"{\"name\": \"sdsn\","
		" \"source\": \"SDSN, Sustainable Development Report: linear growth over required growth 1/0.5/0 (cut-offs not confirmed in the published text); score (x - lower) / (optimum - lower) as the distance from the baseline\","
		" \"measure\": \"projected_attainment\", \"scale\": 0.01,"
		" \"met\": \"on_track_or_maintaining\","
		" \"classes\": [{\"class\": \"on_track_or_maintaining\", \"from\": 1},"
		"  {\"class\": \"moderately_improving\", \"from\": 0.5},"
		"  {\"class\": \"stagnating\", \"from\": 0}],"
		" \"otherwise\": \"decreasing\","
		" \"score\": {\"measure\": \"attainment_distance\", \"low\": 0, \"high\": 100, \"pieces\": [{\"slope\": 1, \"intercept\": 0}]}}"},

	{"destatis",
		"{\"name\": \"destatis\","
		" \"source\": \"Destatis, German sustainable development strategy: mean of the last five changes continued to the due date; missed by less than 5 % of the remaining gap, up to 20 %, more, wrong direction\","
		" \"measure\": \"gap_closed\", \"projection\": \"last_changes\","
		" \"met\": \"sun\","
		" \"classes\": [{\"class\": \"sun\", \"from\": 95, \"open\": true},"
		"  {\"class\": \"sun_and_cloud\", \"from\": 80},"
		"  {\"class\": \"cloud\", \"from\": 0, \"open\": true}],"
		" \"otherwise\": \"thunderstorm\"}"},

	{"servicenow",
		"{\"name\": \"servicenow\","
		" \"source\": \"ServiceNow goal framework: progress from start to target, green from 90 %, yellow from 75 %\","
		" \"measure\": \"attainment_distance\", \"past_due\": \"latest\","
		" \"met\": \"green\","
		" \"classes\": [{\"class\": \"green\", \"from\": 90}, {\"class\": \"yellow\", \"from\": 75}],"
		" \"otherwise\": \"red\"}"},

	{"cityscore",
		"{\"name\": \"cityscore\","
		" \"source\": \"City of Boston, CityScore: value over target or target over value; above 1 exceeds, 1 on target, below 1 under. Not rounded up, as the original does\","
		" \"measure\": \"attainment_level\", \"scale\": 0.01, \"past_due\": \"latest\","
		" \"classes\": [{\"class\": \"exceeds\", \"from\": 1, \"open\": true}, {\"class\": \"on_target\", \"from\": 1}],"
		" \"otherwise\": \"under_target\","
		" \"score\": {\"pieces\": [{\"slope\": 1, \"intercept\": 0}]}}"},

	{"plan",
		"{\"name\": \"plan\","
		" \"source\": \"Vietnamese plan reporting: per cent of plan beside a verdict: exceeded, met, missed\","
		" \"measure\": \"attainment_level\","
		" \"met\": \"met\", \"exceeded\": \"exceeded\", \"missed\": \"missed\","
		" \"classes\": [], \"otherwise\": \"not_yet_met\","
		" \"score\": {\"pieces\": [{\"slope\": 1, \"intercept\": 0}]}}"},

	{NULL, NULL}
};
