package nl.wijkhub.web.board;

import java.util.ArrayList;
import java.util.List;
import nl.wijkhub.sharing.AgreementInForce;
import nl.wijkhub.sharing.ListedSignal;
import nl.wijkhub.signal.Vocabulary;
import nl.wijkhub.web.http.Configured;

/** A signal in the words of a row of a queue; what may not be seen is empty. */
final class QueueWords {
    private final AgreementInForce inForce;
    private final Vocabulary vocabulary;

    QueueWords(Configured configured) {
        this.inForce = configured.inForce();
        this.vocabulary = configured.vocabulary();
    }

    /** The category, else the fixed sentence of a notice, else that something is up. */
    String what(ListedSignal signal, Texts texts) {
        if (signal.category() != null) {
            return vocabulary.label(signal.category());
        }
        String sentence = inForce.agreement().sentenceNl(signal.says());
        return sentence == null ? texts.get("queue.notice") : sentence;
    }

    static String where(ListedSignal signal) {
        if (signal.address() != null) {
            return signal.address().oneLine();
        }
        return signal.area() == null ? "" : ReleasedFields.area(signal.area());
    }

    static String from(ListedSignal signal, Texts texts) {
        return signal.sender() == null
                ? ""
                : texts.code("discipline", signal.sender().name());
    }

    static String experienced(ListedSignal signal, Texts texts) {
        return signal.experiencedImpact() == null ? "" : texts.get("queue.of5", signal.experiencedImpact());
    }

    static String recorded(ListedSignal signal, Texts texts) {
        List<String> recorded = new ArrayList<>();
        if (signal.severity() != null) {
            recorded.add(texts.code("severity", signal.severity().code()));
        }
        if (signal.knownToPolice() != null) {
            recorded.add(texts.get(signal.knownToPolice() ? "queue.policeKnows" : "queue.policeKnowsNot"));
        }
        return String.join(", ", recorded);
    }
}
