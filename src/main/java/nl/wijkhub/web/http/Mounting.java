package nl.wijkhub.web.http;

import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Consumer;
import nl.wijkhub.kernel.Problem;
import nl.wijkhub.kernel.Rejected;
import nl.wijkhub.kernel.Unavailable;

/**
 * Mounts everything that is not a partner door on the router of the doors: what is open to all, then the token check,
 * then the rest.
 */
public final class Mounting {
    private static final int LAST = Integer.MAX_VALUE - 1;

    private final List<ProblemForm> forms;
    private final Access access;
    private final List<Consumer<Router>> openToAll;
    private final Consumer<Router> contract;
    private final List<Consumer<Router>> behindTheToken;
    private volatile boolean open;
    private Router router;
    private boolean hasRooms;

    /**
     * @param forms how rooms say a problem; the first that is for a path counts
     * @param openToAll what checks for itself who may come in, in order
     * @param contract what is promised; it stands before the doors of partners too, to tell which of them are on their way out
     * @param behindTheToken what stands behind {@code access}, in order
     */
    public Mounting(
            List<ProblemForm> forms,
            Access access,
            List<Consumer<Router>> openToAll,
            Consumer<Router> contract,
            List<Consumer<Router>> behindTheToken) {
        this.forms = forms;
        this.access = access;
        this.openToAll = openToAll;
        this.contract = contract;
        this.behindTheToken = behindTheToken;
    }

    /**
     * Until the doors are open, and from the moment they close, every answer is 503: a 404 would be taken as final. The rooms behind
     * the token are mounted when it opens first, so that they stand after the doors of partners: a signal, of which there are most,
     * is not held against the path of every page before it comes to its door.
     */
    public void open(boolean isOpen) {
        if (isOpen && !hasRooms) {
            behindTheToken.forEach(room -> room.accept(router));
            hasRooms = true;
        }
        open = isOpen;
    }

    /** Mounts what stands before the doors of partners, and the answer to whatever nobody takes. */
    public void mount(Router router) {
        this.router = router;
        router.route().handler(Answers.prepare(forms)).failureHandler(Answers::refusedByServer);
        router.route().handler(ctx -> {
            if (open) {
                ctx.next();
            } else {
                Answers.problem(ctx, new Unavailable("doors", null));
            }
        });
        openToAll.forEach(room -> room.accept(router));
        router.route("/v1/*").handler(access::check);
        router.route("/fhir/*").handler(access::check);
        contract.accept(router);
        router.route().order(LAST).handler(ctx -> Answers.problem(ctx, new Rejected(Problem.NOT_FOUND)));
    }
}
