package nl.wijkhub.web.http;

import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Teams;

/** What was agreed and configured, as answers and pages name it. */
public record Configured(AgreementInForce inForce, Vocabulary vocabulary, Partners partners, Teams teams) {}
