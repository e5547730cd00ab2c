package nl.wijkhub.kernel;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next what the next page comes after; null when there are no more
 */
public record Page<T>(List<T> items, UUID next) {
    public Page {
        items = List.copyOf(items);
    }

    /** @param oneMore what was asked for, and one more if there is one */
    public static <T> Page<T> of(List<T> oneMore, int size, Function<T, UUID> id) {
        return oneMore.size() > size
                ? new Page<>(oneMore.subList(0, size), id.apply(oneMore.get(size - 1)))
                : new Page<>(oneMore, null);
    }
}
