package nl.wijkhub.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.spi.Registry;

/** Beans that note how they are called, in which order, and leave what they are told to. */
public final class Stages {
    /** Every call, as {@code bean.method}. */
    final List<String> calls = new ArrayList<>();

    /** What each call got. */
    final List<Object> given = new ArrayList<>();

    /** What a call does after it was noted: takes its name, gives the body that goes on. */
    Function<String, Object> work = call -> call;

    /** Binds a stand-in under each of these names. */
    void bind(Registry registry, String... names) {
        for (String name : names) {
            registry.bind(name, new StandIn(name));
        }
    }

    /** One bean, with every method that a route calls on a bean of these tests. */
    public final class StandIn {
        private final String name;

        private StandIn(String name) {
            this.name = name;
        }

        private Object called(String method, Object body) {
            calls.add(name + "." + method);
            given.add(body);
            return work.apply(name + "." + method);
        }

        public Object match(Object body) {
            return called("match", body);
        }

        public Object decide(Object body) {
            return called("decide", body);
        }

        public Object attach(Object body) {
            return called("attach", body);
        }

        public Object takeBack(Object body) {
            return called("takeBack", body);
        }

        public Object assign(Object body) {
            return called("assign", body);
        }

        public Object recall(Object body) {
            return called("recall", body);
        }

        public Object send(Object body) {
            return called("send", body);
        }

        public Object ready() {
            return called("ready", null);
        }

        public void sweep() {
            called("sweep", null);
        }

        public void check() {
            called("check", null);
        }

        public void seal() {
            called("seal", null);
        }

        public void export() {
            called("export", null);
        }

        public void publish() {
            called("publish", null);
        }

        public void forget() {
            called("forget", null);
        }

        public void notifySubscribers() {
            called("notifySubscribers", null);
        }

        public void notifySenders() {
            called("notifySenders", null);
        }

        public void round() {
            called("round", null);
        }
    }
}
