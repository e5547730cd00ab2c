package nl.wijkhub.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Collection;
import nl.wijkhub.web.http.Answers;

/**
 * The AsyncAPI document: what the hub sends and takes by messages. It stands in {@code resources/asyncapi.yaml}; the
 * addresses of this hub, the schema of the case signal and what doors take are filled in here.
 */
public final class AsyncApiDocument {
    /** Its messages stand in the file itself. */
    private static final String SIGNALS = "signals";

    private final ObjectNode tree;

    /**
     * @param publicUrl where callers reach the hub; its broker is taken to be on the same host until somebody says otherwise
     * @param oin of the organisation that runs the hub
     * @param caseSignal the published schema
     * @param doors what partners may be let through, as in partners.yaml
     */
    public AsyncApiDocument(String publicUrl, String oin, JsonNode caseSignal, Collection<String> doors) {
        tree = ContractSource.read("/asyncapi.yaml");
        ((ObjectNode) tree.get("info")).put("version", Answers.API_VERSION);
        ((ObjectNode) tree.at("/servers/broker/variables/host"))
                .put("default", URI.create(publicUrl).getHost());
        ((ObjectNode) tree.at("/components/schemas/Source")).put("const", "urn:nld:oin:" + oin + ":systeem:wijkhub");
        ((ObjectNode) tree.at("/components/schemas"))
                .set("CaseSignal", ContractSource.within(caseSignal, "#/components/schemas/CaseSignal"));
        DoorMessages.addTo(
                tree,
                ContractSource.doors(doors).stream()
                        .filter(door -> !door.equals(SIGNALS))
                        .toList());
    }

    /** The document as a tree, for whoever reads in it; not to be changed. */
    public JsonNode tree() {
        return tree;
    }

    String json() {
        return tree.toString();
    }
}
