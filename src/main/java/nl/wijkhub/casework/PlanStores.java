package nl.wijkhub.casework;

import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.team.QueueWorkStore;

/** Work on a plan is kept in four stores: plans, their history, the queue items in somebody's hands, hand-overs. */
public record PlanStores(PlanLifeStore plans, PlanEventStore events, QueueWorkStore items, HandoverStore handovers) {}
