package nl.wijkhub.routes;

import nl.wijkhub.subscription.SubscriberNotify;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** 85-sender-feedback: what senders are told. */
class SenderFeedbackRouteTest extends RealRoutes {
    SenderFeedbackRouteTest() {
        super("85-sender-feedback");
    }

    @Override
    void bind(Registry registry) {
        stages.bind(registry, "subscriberNotify");
    }

    @Test
    void senders_are_told_at_the_interval_of_subscribers() throws Exception {
        everyCalls("sender-feedback", "subscriberNotify", SubscriberNotify.class, "notifySenders", 7000003, 7000003);
    }
}
