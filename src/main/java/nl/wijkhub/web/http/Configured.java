package nl.wijkhub.web.http;

import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Organisations;
import nl.wijkhub.signal.Partners;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.team.Teams;

/** The agreement, the configuration, the organisations and the ids of plans, by which answers and pages name things. */
public record Configured(
        AgreementInForce inForce,
        Vocabulary vocabulary,
        Partners partners,
        Teams teams,
        Organisations organisations,
        PlanIds planIds) {}
