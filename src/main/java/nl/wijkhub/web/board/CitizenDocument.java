package nl.wijkhub.web.board;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;
import nl.wijkhub.sharing.CitizenExport;

/** Who knew what of one citizen, to read or to print: in Dutch, for a citizen of the Netherlands, whoever makes it. */
public final class CitizenDocument {
    static final String TEMPLATE = "citizen.jte";
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(ContentType.Html);

    private CitizenDocument() {}

    public static String print(CitizenExport.Exported exported) {
        StringOutput html = new StringOutput();
        TEMPLATES.render(TEMPLATE, model(exported), html);
        return html.toString();
    }

    static Map<String, Object> model(CitizenExport.Exported exported) {
        return Map.of("texts", Texts.in("nl"), "exported", exported);
    }
}
