package nl.wijkhub.signal;

import java.util.EnumSet;
import java.util.Set;
import nl.wijkhub.kernel.Discipline;

/** What kind of data a signal is: from its category, its content and the sender's own code, never from what a sender says. */
public final class Classification {
    private final Vocabulary vocabulary;

    public Classification(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Police data is always police data; a life domain named beside those of the category may add its class.
     *
     * @param extra what the sender's own code adds
     * @param from the sender's discipline; null when it is not known
     */
    public Set<DataClass> of(CaseSignal signal, Set<DataClass> extra, Discipline from) {
        Vocabulary.Category category = vocabulary.category(signal.category()).orElseThrow();
        Set<DataClass> classes = EnumSet.copyOf(category.classes());
        classes.addAll(extra);
        signal.lifeDomains().stream()
                .filter(domain -> !category.lifeDomains().contains(domain))
                .forEach(domain -> vocabulary.classOfLifeDomain(domain).ifPresent(classes::add));
        switch (signal.sensitivity()) {
            case NORMAL -> {}
            case HEALTH -> classes.add(DataClass.H);
            case CRIMINAL -> classes.add(DataClass.P);
            case CHILD_SAFETY -> classes.add(DataClass.K);
        }
        if (from == Discipline.POLICE) {
            classes.add(DataClass.P);
        }
        return classes;
    }
}
