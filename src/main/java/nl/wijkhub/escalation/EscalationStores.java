package nl.wijkhub.escalation;

/** Steps up the ladder are kept in three stores: the steps, who saw them, and what was answered. */
public record EscalationStores(EscalationStore steps, EscalationSeenStore seen, EscalationAnswerStore answers) {}
