package nl.wijkhub.web.contract;

import io.vertx.ext.web.Router;
import nl.wijkhub.web.http.Deprecations;

/**
 * {@code GET /v1/openapi.json}, {@code …/openapi.yaml} and {@code …/asyncapi}: what the hub promises, open to everybody and
 * to the tools of any origin; and the headers of what is on its way out.
 */
public final class ContractApi {
    private final String openApiJson;
    private final String openApiYaml;
    private final String asyncApi;
    private final Deprecations deprecations;

    public ContractApi(OpenApiDocument openApi, AsyncApiDocument asyncApi) {
        this.openApiJson = openApi.json();
        this.openApiYaml = openApi.yaml();
        this.asyncApi = asyncApi.json();
        this.deprecations = new Deprecations(openApi.tree());
    }

    public void mount(Router router) {
        router.route("/v1/*").handler(deprecations::tell);
        open(router, "/v1/openapi.json", "application/json", openApiJson);
        open(router, "/v1/openapi.yaml", "application/yaml", openApiYaml);
        open(router, "/v1/asyncapi", "application/json", asyncApi);
    }

    /** Design rule publish-openapi: a tool of another origin may read it. */
    private static void open(Router router, String path, String mediaType, String document) {
        router.get(path).handler(ctx -> ctx.response()
                .putHeader("Content-Type", mediaType)
                .putHeader("Access-Control-Allow-Origin", "*")
                .end(document));
    }
}
