package nl.wijkhub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The tables of one SQL statement, as its text names them. Names that the statement gives itself (with) and functions are
 * no tables; a target that is also joined by name is read as well.
 * Rejects: nothing; {@code EverySqlTest} asks the server whether it sees the same.
 */
record TableUse(SortedSet<String> written, SortedSet<String> read) {
    private static final Pattern TOKEN = Pattern.compile(
            "--[^\\n]*|/\\*.*?\\*/" // comments
                    + "|[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|\\$(\\w*)\\$.*?\\$\\1\\$" // texts
                    + "|::?\\w+" // parameters and casts
                    + "|(?:\"[^\"]+\"|\\w+)(?:\\.(?:\"[^\"]+\"|\\w+))*" // names and words
                    + "|\\S",
            Pattern.DOTALL);
    private static final Set<String> BEFORE_A_TABLE = Set.of("only", "lateral", "table");
    private static final Set<String> NO_STATEMENT_OF_THEIR_OWN = Set.of("for", "key", "do", "then", "on");
    private static final Set<String> NO_LIST_OF_NAMES = Set.of("ordinality", "time", "ties");
    private static final Set<String> AFTER_THE_TABLES = Set.of(
            "where",
            "group",
            "order",
            "limit",
            "offset",
            "fetch",
            "having",
            "window",
            "union",
            "except",
            "intersect",
            "for",
            "returning",
            "set",
            "when");

    static TableUse of(String sql) {
        return new Reader(sql).read();
    }

    private enum Use {
        WRITTEN,
        READ
    }

    /** The state of reading between two brackets. */
    private static final class Bracket {
        private final Set<String> named = new HashSet<>();
        private String verb;
        private Use next;
        private Use afterComma;
        private boolean isNaming;
        private boolean isNameNext;
        private boolean isRecursive;
        private String beingNamed;
        private boolean wasUsing;

        private void verb(String word) {
            verb = word;
            next = null;
            afterComma = null;
            isNaming = false;
            isNameNext = false;
        }
    }

    private static final class Reader {
        private final TableUse found = new TableUse(new TreeSet<>(), new TreeSet<>());
        private final Deque<Bracket> open = new ArrayDeque<>(List.of(new Bracket()));
        private final List<String> tokens;
        private int at;

        Reader(String sql) {
            tokens = new ArrayList<>(TOKEN.matcher(sql)
                    .results()
                    .map(MatchResult::group)
                    .filter(token -> !token.startsWith("--") && !token.startsWith("/*"))
                    .map(token -> token.startsWith("'") ? "'" : token.toLowerCase(Locale.ROOT))
                    .toList());
        }

        private TableUse read() {
            for (at = 0; at < tokens.size(); at++) {
                token(tokens.get(at), open.element());
            }
            return found;
        }

        private void token(String token, Bracket here) {
            switch (token) {
                case "(" -> open(here);
                case ")" -> close();
                case "," -> {
                    here.next = here.afterComma;
                    here.isNameNext = here.isNaming;
                }
                case "with" -> with(here);
                case "recursive" -> here.isRecursive = true;
                case "select", "values" -> here.verb(token);
                case "insert", "merge", "truncate", "lock", "update", "delete" -> statement(token, here);
                case "into" -> here.next = Set.of("insert", "merge").contains(neighbour(-1)) ? Use.WRITTEN : null;
                case "from" -> from(here);
                case "join" -> here.next = Use.READ;
                case "using" -> using(here);
                default -> {
                    if (AFTER_THE_TABLES.contains(token)) {
                        here.next = null;
                        here.afterComma = null;
                    } else if (here.isNameNext) {
                        name(token, here);
                    } else if (here.next != null && !BEFORE_A_TABLE.contains(token)) {
                        table(token, here);
                    }
                }
            }
        }

        /** A bracket where a table is expected holds a join or a query; any other may hold a query. */
        private void open(Bracket here) {
            Bracket inner = new Bracket();
            inner.next = here.next;
            inner.afterComma = here.next;
            here.next = null;
            open.push(inner);
        }

        private void close() {
            open.pop();
            if (open.isEmpty()) {
                open.push(new Bracket());
            }
            Bracket outer = open.element();
            if (outer.beingNamed != null && !neighbour(1).equals("as")) {
                outer.named.add(outer.beingNamed);
            }
        }

        private void with(Bracket here) {
            if (!NO_LIST_OF_NAMES.contains(neighbour(1))) {
                here.isNaming = true;
                here.isNameNext = true;
            }
        }

        private static void name(String token, Bracket here) {
            here.beingNamed = token;
            here.isNameNext = false;
            if (here.isRecursive) {
                here.named.add(token);
            }
        }

        private void statement(String verb, Bracket here) {
            if (NO_STATEMENT_OF_THEIR_OWN.contains(neighbour(-1))) {
                return;
            }
            here.verb(verb);
            if (verb.equals("update")) {
                here.next = Use.WRITTEN;
            } else if (verb.equals("truncate")) {
                here.next = Use.WRITTEN;
                here.afterComma = Use.WRITTEN;
            } else if (verb.equals("lock")) {
                here.next = Use.READ;
                here.afterComma = Use.READ;
            }
        }

        private void from(Bracket here) {
            if (here.verb == null || neighbour(-1).equals("distinct")) {
                return;
            }
            if (neighbour(-1).equals("delete")) {
                here.next = Use.WRITTEN;
            } else {
                here.next = Use.READ;
                here.afterComma = Use.READ;
            }
        }

        /** The columns of a join stand after the same word as the tables of a delete or merge. */
        private void using(Bracket here) {
            if (!here.wasUsing && Set.of("delete", "merge").contains(here.verb == null ? "" : here.verb)) {
                here.wasUsing = true;
                here.next = Use.READ;
                here.afterComma = Use.READ;
            }
        }

        private void table(String token, Bracket here) {
            Use use = here.next;
            here.next = null;
            String table = token.replace("\"", "").replaceFirst("^public\\.", "");
            if (use == Use.WRITTEN) {
                found.written.add(table);
            } else if (!neighbour(1).equals("(") && open.stream().noneMatch(outer -> outer.named.contains(table))) {
                found.read.add(table);
            }
        }

        private String neighbour(int distance) {
            int there = at + distance;
            return there < 0 || there >= tokens.size() ? "" : tokens.get(there);
        }
    }
}
