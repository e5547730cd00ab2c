package nl.wijkhub.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import nl.wijkhub.kernel.Json;
import nl.wijkhub.web.contract.OpenApiDocumentTest;
import org.junit.jupiter.api.Test;

/** What an operation that is on its way out tells its callers. No operation is now: a small document says that some are. */
class DeprecationsTest {
    private static final String SINCE = "'x-deprecated-since':'2026-01-01'";
    private static final String SUNSET = "'x-sunset':'2027-07-05'";

    @Test
    void a_deprecated_operation_says_since_when_until_when_and_what_takes_its_place() throws Exception {
        JsonNode document = document("'deprecated':true," + SINCE + "," + SUNSET + ",'x-successor':'/v2/fakes/{id}'");

        HttpResponse<String> answer = ask(document, "/v1/fakes/1");

        assertThat(answer.headers().firstValue("Deprecation")).contains("@1767225600");
        assertThat(answer.headers().firstValue("Sunset")).contains("Mon, 05 Jul 2027 00:00:00 GMT");
        assertThat(answer.headers().firstValue("Link")).contains("</v2/fakes/{id}>; rel=\"successor-version\"");
    }

    @Test
    void without_a_successor_there_is_no_link_and_another_operation_says_nothing() throws Exception {
        JsonNode document = document("'deprecated':true," + SINCE + "," + SUNSET);

        assertThat(ask(document, "/v1/fakes/1").headers().map())
                .containsKey("sunset")
                .doesNotContainKey("link");
        assertThat(ask(document, "/v1/fakes/1/more").headers().map()).doesNotContainKeys("sunset", "deprecation");
        assertThat(ask(document("'deprecated':false"), "/v1/fakes/1").headers().map())
                .doesNotContainKeys("sunset", "deprecation");
    }

    @Test
    void a_document_that_does_not_say_since_when_or_until_when_stops_the_start() {
        for (String bad : new String[] {SINCE, SUNSET, SINCE + ",'x-sunset':'2026-01-01'"}) {
            assertThatThrownBy(() -> new Deprecations(document("'deprecated':true," + bad)))
                    .as(bad)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("getFake");
        }
    }

    @Test
    void nothing_of_the_published_document_is_deprecated_now() {
        assertThat(OpenApiDocumentTest.document().tree().findValues("deprecated"))
                .isEmpty();
    }

    private static JsonNode document(String more) {
        return Json.read(
                "{'paths':{'/fakes/{id}':{'get':{'operationId':'getFake',%s}}}}"
                        .formatted(more)
                        .replace('\'', '"'),
                JsonNode.class);
    }

    private static HttpResponse<String> ask(JsonNode document, String path) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            router.route("/v1/*").handler(new Deprecations(document)::tell);
            router.get("/v1/*").handler(ctx -> ctx.response().end("fake"));
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
