package nl.wijkhub.routes;

import org.apache.camel.spi.Registry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 80-subscriber-notify: first who each event is for, then the events. */
class SubscriberNotifyRouteTest extends RealRoutes {
    SubscriberNotifyRouteTest() {
        super("80-subscriber-notify");
    }

    @Override
    void bind(Registry registry) {
        stages.bind(registry, "subscriberNotify", "subscriberDispatch");
    }

    @ParameterizedTest(name = EACH)
    @CsvSource({
        "subscriber-notify, subscriberNotify, nl.wijkhub.subscription.SubscriberNotify, notifySubscribers",
        "subscriber-send, subscriberDispatch, nl.wijkhub.subscription.SubscriberDispatch, round",
    })
    void each_route_calls_its_bean_at_its_interval(String route, String bean, Class<?> type, String method)
            throws Exception {
        everyCalls(route, bean, type, method, 7000003, 7000003);
    }
}
