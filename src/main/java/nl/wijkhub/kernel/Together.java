package nl.wijkhub.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Does together what several threads ask for at about the same moment, where one commit costs as much as one of many. Who comes
 * while nothing is on its way goes at once, alone. Who comes while something is waits, and then all who wait go as one group. So
 * nobody ever waits for company, and groups grow as the disk gets slower. Two groups at a time were tried: smaller ones, and each
 * signal a tenth dearer at the doors.
 * Rejects: what the work throws, to whoever asked for it. A group that fails touches no innocent: each tries again alone. Only
 * {@link Unavailable} is told to the whole group: whoever is away answers nobody, and each may come again.
 *
 * @param <T> what is asked
 * @param <R> what comes of it; never null
 */
public final class Together<T, R> {
    /** Larger groups hardly cost less each, and take longer. */
    private static final int MOST = 64;

    private final Function<List<T>, List<R>> work;
    private final Deque<Turn<T, R>> waiting = new ArrayDeque<>();
    private boolean isBusy;

    /** @param work does all at once; gives what comes of each, in their order */
    public Together(Function<List<T>, List<R>> work) {
        this.work = work;
    }

    /** Does it, with whatever else is asked for meanwhile; durable when it returns, as the work is. */
    public R ask(T asked) {
        Turn<T, R> turn = new Turn<>(asked);
        boolean isInterrupted = !takesPlace(turn) && turn.await();
        try {
            if (turn.state == State.LEADS) {
                lead(group(turn));
            }
            if (turn.away != null) {
                throw turn.away;
            }
            return turn.result != null
                    ? turn.result
                    : work.apply(List.of(asked)).get(0);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized boolean takesPlace(Turn<T, R> turn) {
        if (!isBusy) {
            isBusy = true;
            turn.state = State.LEADS;
            return true;
        }
        waiting.add(turn);
        return false;
    }

    private synchronized List<Turn<T, R>> group(Turn<T, R> first) {
        List<Turn<T, R>> group = new ArrayList<>();
        group.add(first);
        while (group.size() < MOST && !waiting.isEmpty()) {
            group.add(waiting.remove());
        }
        return group;
    }

    private void lead(List<Turn<T, R>> group) {
        try {
            List<R> results = work.apply(group.stream().map(turn -> turn.asked).toList());
            for (int i = 0; i < group.size(); i++) {
                group.get(i).result = results.get(i);
            }
        } catch (Unavailable away) {
            group.forEach(turn -> turn.away = away);
        } catch (RuntimeException failure) {
            if (group.size() == 1) {
                throw failure;
            }
        } finally {
            leave();
            group.forEach(turn -> turn.becomes(State.OVER));
        }
    }

    /** Gives the place to who waited longest. */
    private synchronized void leave() {
        Turn<T, R> next = waiting.poll();
        if (next == null) {
            isBusy = false;
        } else {
            next.becomes(State.LEADS);
        }
    }

    private enum State {
        WAITS,
        LEADS,
        OVER
    }

    /** One thread, with what it asked and what came of it; without either outcome its group failed. */
    private static final class Turn<T, R> {
        private final T asked;
        private final Thread thread = Thread.currentThread();
        private R result;
        private Unavailable away;
        private volatile State state = State.WAITS;

        Turn(T asked) {
            this.asked = asked;
        }

        /**
         * Whoever is interrupted waits all the same: what is on its way for it cannot be called back, and others may go with it.
         *
         * @return whether it was
         */
        boolean await() {
            boolean isInterrupted = false;
            while (state == State.WAITS) {
                LockSupport.park(this);
                isInterrupted |= Thread.interrupted();
            }
            return isInterrupted;
        }

        void becomes(State next) {
            state = next;
            if (thread != Thread.currentThread()) {
                LockSupport.unpark(thread);
            }
        }
    }
}
