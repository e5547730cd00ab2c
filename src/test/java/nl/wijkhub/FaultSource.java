package nl.wijkhub;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/**
 * The faults that source files make: by {@code Fault.of}, {@code Rejected.of}, any {@code fault(pointer, key, arguments)},
 * and every method that hands the key it is given on to one of these. A key stands in the call as it is or by way of a
 * choice; a call that gets it in another way is in {@link #indirect}.
 */
final class FaultSource {
    /**
     * A fault as a call makes it.
     *
     * @param place the file and the line
     * @param arguments how many the sentence is given
     */
    record Made(String place, String key, int arguments) {}

    /**
     * A method that takes a key.
     *
     * @param at where among its arguments
     * @param given how many arguments it gives the sentence; {@link #WHAT_FOLLOWS} when those are its own, behind the key
     */
    private record Maker(int at, int given) {}

    private static final int WHAT_FOLLOWS = -1;

    final Set<Made> made = new LinkedHashSet<>();
    final Set<String> indirect = new LinkedHashSet<>();

    /** By the name of the method, and of the file where only that file may call it. */
    private final Map<String, Maker> makers = new HashMap<>(Map.of(
            "Fault.of", new Maker(1, WHAT_FOLLOWS),
            "Rejected.of", new Maker(2, WHAT_FOLLOWS),
            "fault", new Maker(1, WHAT_FOLLOWS)));

    private final SourcePositions positions;

    private FaultSource(SourcePositions positions) {
        this.positions = positions;
    }

    static FaultSource of(Collection<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(
                null,
                null,
                null,
                List.of("-proc:none"),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(files));
        FaultSource source = new FaultSource(Trees.instance(task).getSourcePositions());
        try {
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            int known;
            do {
                known = source.makers.size();
                source.made.clear();
                source.indirect.clear();
                units.forEach(unit -> source.new Calls().scan(unit, null));
            } while (source.makers.size() > known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return source;
    }

    private final class Calls extends TreePathScanner<Void, Void> {
        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
            List<? extends ExpressionTree> given = call.getArguments();
            Maker maker = makerOf(call.getMethodSelect());
            if (maker != null && given.size() > maker.at() && isKey(given.get(maker.at()), call)) {
                int arguments = maker.given() == WHAT_FOLLOWS ? given.size() - maker.at() - 1 : maker.given();
                key(given.get(maker.at()), arguments, call);
            }
            return super.visitMethodInvocation(call, none);
        }

        /** Without an object before it, it is a method of the same file. */
        private Maker makerOf(ExpressionTree method) {
            if (!(method instanceof MemberSelectTree select)) {
                return makers.get(file() + ' ' + method);
            }
            String name = select.getIdentifier().toString();
            return makers.getOrDefault(select.getExpression() + "." + name, makers.get(name));
        }

        /** Another class may have a method of the same name that takes no key; {@code fault} is ours alone. */
        private boolean isKey(ExpressionTree key, MethodInvocationTree call) {
            boolean isText = key instanceof LiteralTree literal && literal.getValue() instanceof String;
            boolean isElsewhere = call.getMethodSelect() instanceof MemberSelectTree select
                    && makers.get(select.toString()) == null
                    && !select.getIdentifier().contentEquals("fault");
            return isText || !isElsewhere;
        }

        private void key(ExpressionTree key, int arguments, MethodInvocationTree call) {
            if (key instanceof ParenthesizedTree inner) {
                key(inner.getExpression(), arguments, call);
            } else if (key instanceof ConditionalExpressionTree choice) {
                key(choice.getTrueExpression(), arguments, call);
                key(choice.getFalseExpression(), arguments, call);
            } else if (key instanceof LiteralTree literal) {
                made.add(new Made(place(call), String.valueOf(literal.getValue()), arguments));
            } else if (!(key instanceof IdentifierTree name && isHandedOn(name, arguments, call))) {
                indirect.add(place(call).replaceFirst(":.*", "") + ' ' + key);
            }
        }

        /** Notes the method around a call whose key is a parameter of that method. */
        private boolean isHandedOn(IdentifierTree key, int arguments, MethodInvocationTree call) {
            for (TreePath at = getCurrentPath(); at != null; at = at.getParentPath()) {
                if (at.getLeaf() instanceof MethodTree method) {
                    List<? extends VariableTree> parameters = method.getParameters();
                    for (int i = 0; i < parameters.size(); i++) {
                        if (parameters.get(i).getName().equals(key.getName())) {
                            note(method, new Maker(i, arguments(call, arguments)));
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        private void note(MethodTree method, Maker maker) {
            String name = method.getName().toString();
            makers.putIfAbsent(file() + ' ' + name, maker);
            if (!method.getModifiers().getFlags().contains(Modifier.PRIVATE) && !name.equals("of")) {
                makers.putIfAbsent(name, maker);
            }
        }

        private int arguments(MethodInvocationTree call, int arguments) {
            String last =
                    call.getArguments().get(call.getArguments().size() - 1).toString();
            return last.equals("arguments") ? WHAT_FOLLOWS : arguments;
        }

        private String file() {
            return Path.of(getCurrentPath().getCompilationUnit().getSourceFile().getName())
                    .getFileName()
                    .toString();
        }

        private String place(MethodInvocationTree call) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            return file() + ':' + unit.getLineMap().getLineNumber(positions.getStartPosition(unit, call));
        }
    }
}
