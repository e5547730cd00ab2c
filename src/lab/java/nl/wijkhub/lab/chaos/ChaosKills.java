package nl.wijkhub.lab.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The kills of one run. They are spaced by work done: each waits until enough signals were acknowledged since the one
 * before, so that a slow machine makes fewer kills instead of empty ones. With a planted fault the first and every second
 * after it is aimed at the planted step; all others come at a random moment.
 */
final class ChaosKills {
    private static final Duration LAST_WORK = Duration.ofSeconds(60);
    private static final int LONGEST_PAUSE_MILLIS = 2_500;
    private static final int ONE_IN_FOR_DATABASE = 4;

    private final ChaosHub hub;
    private final ChaosLoad load;
    private final Aim aim;
    private final Plant plant;
    private final int connections;
    private final int floor;
    private final Random random;
    private final List<ChaosKill> made = new ArrayList<>();
    private int acknowledgedBefore;
    private Instant last = Instant.EPOCH;

    /**
     * @param plant the planted fault; null for none
     * @param floor signals acknowledged between two kills
     */
    ChaosKills(ChaosHub hub, ChaosLoad load, Aim aim, Plant plant, int connections, int floor, Random random) {
        this.hub = hub;
        this.load = load;
        this.aim = aim;
        this.plant = plant;
        this.connections = connections;
        this.floor = floor;
        this.random = random;
    }

    /**
     * Kills until the time is over, then lets the load work on until the last kill has its share of work after it.
     *
     * @param most kills
     * @throws IOException when the hub does not come back
     */
    void go(Duration time, int most) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(time);
        while (made.size() < most && awaitWork(Duration.between(Instant.now(), end))) {
            if (isAimed() && hitPlantedStep()) {
                awaitReturn();
            } else if (load.isSending()) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
                hitAtRandom();
                awaitReturn();
            }
        }
        if (plant != null && made.size() < most && made.stream().noneMatch(ChaosKill::aimed) && hitPlantedStep()) {
            // too little work for a proof, but a fault that was found counts all the same
            awaitReturn();
        }
        if (!made.isEmpty()) {
            awaitWork(LAST_WORK);
        }
    }

    private boolean isAimed() {
        return plant != null && made.size() % 2 == 0;
    }

    /** Waits for enough work since the last kill; false when the time or the load came to its end first. */
    private boolean awaitWork(Duration patience) throws IOException, InterruptedException {
        Until.holds(patience, () -> sinceLast() >= floor || !load.isSending());
        return sinceLast() >= floor && load.isSending() && !patience.isNegative();
    }

    /** False when nobody came to the step. */
    private boolean hitPlantedStep() throws IOException, InterruptedException {
        aim.arm();
        try {
            if (!aim.awaitStanding(plant.standing(connections))) {
                System.out.println("nobody came to the planted step");
                return false;
            }
            note(ChaosKill.Victim.HUB, true);
            hub.kill();
        } finally {
            aim.disarm();
        }
        hub.start();
        return true;
    }

    private void hitAtRandom() throws IOException, InterruptedException {
        // the first is the hub's: a run of one kill must not be the database's alone
        if (!made.isEmpty() && random.nextInt(ONE_IN_FOR_DATABASE) == 0) {
            note(ChaosKill.Victim.DATABASE, false);
            hub.killDatabase();
        } else {
            note(ChaosKill.Victim.HUB, false);
            hub.kill();
            hub.start();
        }
    }

    private void note(ChaosKill.Victim victim, boolean aimed) {
        ChaosKill kill = new ChaosKill(victim, aimed, sinceLast(), load.inHand());
        made.add(kill);
        acknowledgedBefore = load.acknowledged().size();
        System.out.println(kill);
    }

    private void awaitReturn() throws IOException, InterruptedException {
        hub.awaitReady();
        last = Instant.now();
    }

    int floor() {
        return floor;
    }

    /** The name of the planted fault; null for none. */
    String planted() {
        return plant == null ? null : plant.code();
    }

    List<ChaosKill> made() {
        return List.copyOf(made);
    }

    /** Signals acknowledged since the last kill. */
    int sinceLast() {
        return load.acknowledged().size() - acknowledgedBefore;
    }

    /** When the hub was back after the last kill. */
    Instant last() {
        return last;
    }
}
