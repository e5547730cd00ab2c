package nl.wijkhub.web.board;

import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.Decision;
import nl.wijkhub.signal.AcceptedSignal;
import nl.wijkhub.signal.CaseSignal;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.web.http.Configured;

/** A signal in the words of a row of a queue: of each field what its stored release lets pass, else nothing. */
final class QueueWords {
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;

    QueueWords(Configured configured) {
        this.inForce = configured.inForce();
        this.vocabulary = configured.vocabulary();
    }

    /** The category, else the fixed sentence of a notice, else that something is up. */
    String what(AcceptedSignal accepted, Decision decision, Texts texts) {
        String category = decision.categoryOf(accepted.signal());
        if (category != null) {
            return vocabulary.label(category);
        }
        String sentence = inForce.agreement().sentenceNl(decision.says());
        return sentence == null ? texts.get("queue.notice") : sentence;
    }

    static String where(AcceptedSignal accepted, Decision decision) {
        var subject = accepted.signal().subject();
        if (subject.isHousehold()) {
            var address = subject.household().address();
            return address != null && decision.passes("address") ? address.oneLine() : "";
        }
        var area = subject.neighbourhood();
        return decision.passes("area") ? area.buurtCode() == null ? area.place() : area.buurtCode() : "";
    }

    static String experienced(CaseSignal signal, Decision decision, Texts texts) {
        return signal.experiencedImpact() != null && decision.passes("experiencedImpact")
                ? texts.get("queue.of5", signal.experiencedImpact())
                : "";
    }

    static String recorded(CaseSignal signal, Decision decision, Texts texts) {
        List<String> recorded = new ArrayList<>();
        if (decision.passes("severity")) {
            recorded.add(texts.code("severity", signal.severity().code()));
        }
        if (signal.knownToPolice() != null && decision.passes("knownToPolice")) {
            recorded.add(texts.get(signal.knownToPolice() ? "queue.policeKnows" : "queue.policeKnowsNot"));
        }
        return String.join(", ", recorded);
    }
}
