package nl.wijkhub.web.board;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wijkhub.casework.QueueLook;
import nl.wijkhub.kernel.Discipline;
import nl.wijkhub.team.Priority;

/**
 * Which rows of a queue somebody wants to see. It looks at what passed to the viewer and at nothing else: what may not be seen
 * cannot be found by asking for it either.
 *
 * @param category a code of the vocabulary; empty for any
 * @param priority a code; empty for any
 * @param from a discipline; empty for any
 * @param isMine only what the viewer has in hand
 */
public record QueueFilter(String category, String priority, String from, boolean isMine) {
    public static final List<String> PRIORITIES =
            Arrays.stream(Priority.values()).map(Priority::code).toList();
    public static final List<String> DISCIPLINES =
            Arrays.stream(Discipline.values()).map(Discipline::name).toList();

    static QueueFilter of(RoutingContext ctx, Set<String> categories) {
        return new QueueFilter(
                one(ctx, "category", categories),
                one(ctx, "priority", PRIORITIES),
                one(ctx, "from", DISCIPLINES),
                "me".equals(ctx.request().getParam("who")));
    }

    private static String one(RoutingContext ctx, String name, Collection<String> known) {
        return Optional.ofNullable(ctx.request().getParam(name))
                .filter(known::contains)
                .orElse("");
    }

    public boolean isEmpty() {
        return category.isEmpty() && priority.isEmpty() && from.isEmpty() && !isMine;
    }

    boolean takes(QueueLook.Row row, String viewer) {
        Discipline sender = row.signal().sender();
        return (category.isEmpty() || category.equals(row.signal().category()))
                && (priority.isEmpty() || priority.equals(row.item().priority().code()))
                && (from.isEmpty() || sender != null && from.equals(sender.name()))
                && (!isMine || viewer.equals(row.takenBy()));
    }

    /** The same, to be asked again. */
    String query() {
        return Stream.of(
                        category.isEmpty() ? "" : "&category=" + category,
                        priority.isEmpty() ? "" : "&priority=" + priority,
                        from.isEmpty() ? "" : "&from=" + from,
                        isMine ? "&who=me" : "")
                .reduce("", String::concat);
    }
}
