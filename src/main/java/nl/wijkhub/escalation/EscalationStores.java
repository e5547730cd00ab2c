package nl.wijkhub.escalation;

/** What is stored of steps up the ladder: the steps, who saw them, and what was answered. */
public record EscalationStores(EscalationStore steps, EscalationSeenStore seen, EscalationAnswerStore answers) {}
