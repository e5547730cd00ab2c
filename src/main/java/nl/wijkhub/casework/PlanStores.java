package nl.wijkhub.casework;

import nl.wijkhub.plan.PlanEventStore;
import nl.wijkhub.plan.PlanLifeStore;
import nl.wijkhub.team.QueueWorkStore;

/** What work on a plan is stored in: the plans, their history, the queue items in somebody's hands, the hand-overs. */
public record PlanStores(PlanLifeStore plans, PlanEventStore events, QueueWorkStore items, HandoverStore handovers) {}
