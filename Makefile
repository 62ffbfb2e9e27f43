# scorecard: a PostgreSQL extension, built with PGXS.
#
#   make                      the library and the install script
#   make install              into the server that PG_CONFIG belongs to
#   make installcheck         the regression tests, on the installed extension
#   make PROFILE=-Werror      warnings are errors (continuous integration)
#   make with_llvm=no         without bitcode for the just-in-time compiler
#   make -f ../src/Makefile   out of tree, in an empty directory
#   make dist                 a release archive of the committed tree
#
# ./test and ./demo do all of this by themselves, without touching the system's server.

EXTENSION  = scorecard
MODULE_big = scorecard

# Where the sources lie: PGXS computes the same, but only once it is included.
SOURCE := $(or $(VPATH),$(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST)))))

# The version is written once, in the control file.
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(SOURCE)/$(EXTENSION).control)

# The install script is these parts, in this order; a type's part is followed by its comparison operators.
PARTS = progress_status target_path indicator_series index_framework index_sheet index_score explanation what_if method_change progress projections assess attainment roll_up series_tools scores weighted_sums means statistics normalise treatment figures registry registry_refresh registry_check registry_load registry_security
TYPES = progress_status target_path indicator_series index_framework index_sheet weighted_sums
FULL_SQL = extension/$(EXTENSION)--$(EXTVERSION).sql

DATA       = $(patsubst $(SOURCE)/%,%,$(wildcard $(SOURCE)/extension/$(EXTENSION)--*--*.sql))
DATA_built = $(FULL_SQL)

SOURCES = $(patsubst $(SOURCE)/%,%,$(sort $(wildcard $(SOURCE)/extension/*.c $(SOURCE)/extension/core/*.c)))
INCLUDES = $(wildcard $(SOURCE)/extension/*.h $(SOURCE)/extension/core/*.h)
OBJS = $(SOURCES:.c=.o)
$(shell mkdir -p extension/core)

PG_CONFIG ?= pg_config

# -ffp-contract=off must stand here to reach the bitcode too; the server's own headers are not ours to warn about.
PG_CPPFLAGS = -ffp-contract=off -I$(SOURCE)/extension -isystem $(shell $(PG_CONFIG) --includedir-server)
PG_CPPFLAGS += -DSCORECARD_VERSION='"$(EXTVERSION)"'
PG_CFLAGS = -Wall -Wextra -fvisibility=hidden

REGRESS = $(patsubst $(SOURCE)/sql/%.sql,%,$(sort $(wildcard $(SOURCE)/sql/*.sql)))
REGRESS_OPTS = --load-extension=$(EXTENSION) --encoding=UTF8 --no-locale

PGXS := $(shell $(PG_CONFIG) --pgxs)
ifeq ($(PGXS),)
$(error no PGXS: install postgresql-server-dev-NN, or say PG_CONFIG=/path/to/pg_config)
endif
include $(PGXS)

# Objects and bitcode depend on every header (there are few), on this file and on the version.
$(OBJS) $(OBJS:.o=.bc): $(INCLUDES) $(SOURCE)/Makefile $(SOURCE)/$(EXTENSION).control

PART_FILES = $(PARTS:%=$(SOURCE)/extension/%.sql)
COMPARISON = $(SOURCE)/extension/comparison.sql.in

# The registry's own statements stand in files of their own and are text inside its functions: to 30 the tables.
REGISTRY_TABLES = $(sort $(wildcard $(SOURCE)/extension/registry/[12]*.sql $(SOURCE)/extension/registry/30*.sql))
REGISTRY_CODE = $(sort $(wildcard $(SOURCE)/extension/registry/3[1-9]*.sql $(SOURCE)/extension/registry/[456]*.sql))
INLINE_REGISTRY = sed $(REGISTRY_TABLES:%=-e '/^@TABLES@$$/r %') $(REGISTRY_CODE:%=-e '/^@CODE@$$/r %') \
	-e '/^@TABLES@$$/d' -e '/^@CODE@$$/d'

$(FULL_SQL): $(PART_FILES) $(REGISTRY_TABLES) $(REGISTRY_CODE) $(COMPARISON) $(SOURCE)/Makefile $(SOURCE)/$(EXTENSION).control
	{ \
		printf '%s\n' '\echo Use "CREATE EXTENSION $(EXTENSION)" to load this file. \quit'; \
		for part in $(PARTS); do \
			echo; $(INLINE_REGISTRY) $(SOURCE)/extension/$$part.sql || exit 1; \
			case ' $(TYPES) ' in *" $$part "*) \
				echo; sed "s/@TYPE@/$$part/g" $(COMPARISON) || exit 1 ;; \
			esac; \
		done; \
	} >$@.new
	mv $@.new $@

.PHONY: dist
dist:
	cd $(SOURCE) && git archive --format=zip --prefix=$(EXTENSION)-$(EXTVERSION)/ \
		--output=$(CURDIR)/$(EXTENSION)-$(EXTVERSION).zip HEAD
