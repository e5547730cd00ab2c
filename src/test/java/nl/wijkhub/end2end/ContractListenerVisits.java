package nl.wijkhub.end2end;

import static nl.wijkhub.end2end.ContractCall.by;
import static nl.wijkhub.end2end.ContractListeners.CARE;
import static nl.wijkhub.end2end.ContractListeners.PROFESSIONAL;

import nl.wijkhub.end2end.ContractListeners.Asked;
import nl.wijkhub.end2end.ContractListeners.Step;

/** The visits to what is there for who listens. */
final class ContractListenerVisits {
    private static final String SEAT = "medewerker-demo";
    private static final String QUEUE =
            "{\"types\":[\"nl.veilige-buurten.opschaling.v1\"],\"areas\":[\"GM9999\"],\"protocol\":\"AMQP\"}";

    private final ContractVisits visits;
    private final RunningHub hub;
    private final ContractTown town;
    private final ContractListeners listeners;

    ContractListenerVisits(ContractVisits visits, RunningHub hub, ContractTown town, ContractListeners listeners) {
        this.visits = visits;
        this.hub = hub;
        this.town = town;
        this.listeners = listeners;
    }

    void add() {
        escalations();
        answeredSteps();
        consultations();
        subscriptions();
        receipts();
    }

    private ContractCall user(String user) throws Exception {
        return by(hub.user(user));
    }

    private ContractCall client(String client) throws Exception {
        return by(hub.token(client));
    }

    private void escalations() {
        visits.on("listEscalations", () -> {
            listeners.told();
            return client(CARE);
        });
        visits.on("listEscalations", () -> {
            listeners.step();
            listeners.step();
            return user(SEAT).ask("pageSize", "1");
        });
        visits.on("listEscalations", () -> client("vb-noord.municipality"));
        visits.on("takeEscalation", () -> user(SEAT).at("id", listeners.step().id()));
        visits.on("takeEscalation", () -> client(CARE).at("id", listeners.told().id()));
        visits.on(
                "declineEscalation", () -> user(SEAT).at("id", listeners.step().id()));
        visits.on("declineEscalation", () -> client(CARE)
                .at("id", listeners.told().id()));
        for (String late : new String[] {"takeEscalation", "declineEscalation"}) {
            visits.clash(late, () -> {
                Step step = listeners.step();
                town.made("teamleider-demo", step.path() + "/_take", "");
                return user(SEAT).at("id", step.id());
            });
        }
    }

    private void answeredSteps() {
        visits.on("getEscalation", () -> user(SEAT).at("id", answered().id()));
        visits.on("getEscalation", () -> client(CARE).at("id", answered().id()));
        visits.on("getEscalation", () -> user(SEAT)
                .at("id", listeners.triedFirst().id()));
        visits.on("getEscalation", () -> {
            Step step = listeners.step();
            listeners.handOver(step);
            return user(SEAT).at("id", step.id());
        });
    }

    /** Declined outside, and taken up at the seat. */
    private Step answered() throws Exception {
        Step step = listeners.told();
        hub.sendAs(hub.token(CARE), step.path() + "/_decline", "{\"reason\":\"Fictief: hier geen plaats\"}");
        town.made(SEAT, step.path() + "/_take", "");
        return step;
    }

    private void consultations() {
        visits.on("listConsultations", () -> {
            listeners.asked();
            return user(PROFESSIONAL);
        });
        visits.on("listConsultations", () -> client("vb-noord.care"));
        visits.on("listConsultations", () -> client(CARE));
        visits.on("getConsultation", () -> user(PROFESSIONAL)
                .at("id", listeners.asked().id()));
        visits.on("getConsultation", () -> client(CARE)
                .at("id", listeners.askedOfConsenting().id()));
        visits.on("answerConsultation", () -> user(PROFESSIONAL)
                .at("id", listeners.asked().id()));
        visits.on("answerConsultation", () -> client(CARE)
                .at("id", listeners.asked().id()));
        visits.clash("answerConsultation", () -> {
            Asked asked = listeners.asked();
            town.made(PROFESSIONAL, asked.path() + "/_answer", "{\"advice\":\"no-objection\"}");
            return user(PROFESSIONAL).at("id", asked.id());
        });
        visits.on("getQueueItem", () -> user(SEAT)
                .at("id", listeners.asked().known().item()));
        visits.on("getQueueItem", () -> user(SEAT)
                .at("id", listeners.advised().known().item()));
    }

    private void subscriptions() {
        visits.on("createSubscription", () -> client(CARE));
        visits.on("listSubscriptions", () -> {
            listeners.subscription(QUEUE);
            listeners.unreached();
            return client(CARE);
        });
        for (String one : new String[] {"getSubscription", "endSubscription", "listDeadLetters", "redeliver"}) {
            visits.on(one, () -> client(CARE).at("id", listeners.subscription(QUEUE)));
        }
        visits.on("getSubscription", () -> client(CARE).at("id", listeners.unreachedInFhir()));
        visits.on("listSubscriptionEvents", () -> {
            String id = listeners.subscription(QUEUE.replace("AMQP", "HTTP"));
            listeners.step();
            ContractTown.soon(() -> hub.json(hub.get(hub.token(CARE), "/v1/subscriptions/" + id + "/events"))
                            .get("items")
                            .isEmpty()
                    ? null
                    : id);
            return client(CARE).at("id", id).ask("after", "0").ask("pageSize", "1");
        });
        visits.on("listPartners", () -> user("beheerder-demo"));
        visits.on("listPartners", () -> client(CARE));
    }

    private void receipts() {
        visits.on("getReceipt", () -> by(null).at("code", listeners.receipt()));
        visits.on("sendPublicSpaceSignal", () -> client("openbare-ruimte-demo"));
        visits.on("sendPublicSpaceSignal", () -> withKey());
        visits.clash("sendPublicSpaceSignal", () -> withKey().replacing("stuk", "kapot"));
    }

    private ContractCall withKey() throws Exception {
        return client("openbare-ruimte-demo").with("Idempotency-Key", "FAKE-OR-2026-0001");
    }
}
