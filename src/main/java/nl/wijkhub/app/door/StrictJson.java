package nl.wijkhub.app.door;

import com.fasterxml.jackson.databind.JsonNode;
import nl.wijkhub.kernel.Json;
import org.apache.camel.Exchange;
import org.apache.camel.component.jackson.JacksonDataFormat;

/**
 * The data format {@code strictJson}: camel-jackson over the hub's own reader, which Jackson's mapper alone does not make:
 * UTF-8, no key twice, no NUL, no number that is too large, and every such number told at its place.
 * In: bytes. Out: a {@link JsonNode}. Rejects: as {@link Json#readStrictly}.
 */
public final class StrictJson extends JacksonDataFormat {
    public StrictJson() {
        super(Json.MAPPER, JsonNode.class);
    }

    @Override
    public Object unmarshal(Exchange exchange, Object body) {
        return Json.readStrictly(exchange.getContext().getTypeConverter().convertTo(byte[].class, exchange, body));
    }
}
