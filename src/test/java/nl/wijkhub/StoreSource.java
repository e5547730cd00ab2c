package nl.wijkhub;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * The constants that the source of a store gives to the database as SQL. A constant may come by way of a choice, of a local
 * variable, or of a parameter of a private method of the same file; any other way is a fault.
 */
final class StoreSource extends TreePathScanner<Void, Void> {
    /** The methods that take SQL; {@code EverySqlTest} holds that stores use no others. */
    static final Set<String> DOORS =
            Set.of("createQuery", "createUpdate", "execute", "select", "prepareBatch", "prepareStatement");

    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");

    /**
     * A constant, as it is named where it is used.
     *
     * @param user the binary name of the class that uses it
     * @param owner the simple name of the class before the dot; null when there is none
     */
    record Constant(String user, String owner, String name) {}

    final Set<Constant> constants = new LinkedHashSet<>();
    final List<String> faults = new ArrayList<>();

    private final SourcePositions positions;

    private StoreSource(SourcePositions positions) {
        this.positions = positions;
    }

    static StoreSource of(JavaFileObject file) {
        var task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
        StoreSource source = new StoreSource(Trees.instance(task).getSourcePositions());
        try {
            for (CompilationUnitTree unit : task.parse()) {
                source.scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return source;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
        if (DOORS.contains(nameOf(call)) && !call.getArguments().isEmpty()) {
            given(new TreePath(getCurrentPath(), call.getArguments().get(0)), new ArrayList<>());
        }
        return super.visitMethodInvocation(call, none);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Void none) {
        if (DOORS.contains(reference.getName().toString())) {
            fault(getCurrentPath());
        }
        return super.visitMemberReference(reference, none);
    }

    /** @param on the methods that are looked into already */
    private void given(TreePath path, List<MethodTree> on) {
        Tree sql = path.getLeaf();
        if (sql instanceof ParenthesizedTree inner) {
            given(new TreePath(path, inner.getExpression()), on);
        } else if (sql instanceof ConditionalExpressionTree choice) {
            given(new TreePath(path, choice.getTrueExpression()), on);
            given(new TreePath(path, choice.getFalseExpression()), on);
        } else if (sql instanceof SwitchExpressionTree choice) {
            choice.getCases().forEach(one -> given(new TreePath(path, one.getBody()), on));
        } else if (sql instanceof MemberSelectTree select
                && select.getExpression() instanceof IdentifierTree owner
                && CONSTANT.matcher(select.getIdentifier()).matches()) {
            constants.add(new Constant(
                    classOf(path),
                    owner.getName().toString(),
                    select.getIdentifier().toString()));
        } else if (sql instanceof IdentifierTree name
                && CONSTANT.matcher(name.getName()).matches()) {
            constants.add(new Constant(classOf(path), null, name.getName().toString()));
        } else if (!(sql instanceof IdentifierTree name && isVariable(path, name, on))) {
            fault(path);
        }
    }

    private boolean isVariable(TreePath path, IdentifierTree name, List<MethodTree> on) {
        TreePath at = path;
        while (at != null && !(at.getLeaf() instanceof MethodTree)) {
            at = at.getParentPath();
        }
        if (at == null) {
            return false;
        }
        MethodTree method = (MethodTree) at.getLeaf();
        List<TreePath> values = new ArrayList<>();
        TreePath methodPath = at;
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitVariable(VariableTree variable, Void none) {
                if (variable.getName().equals(name.getName())
                        && !method.getParameters().contains(variable)) {
                    Tree value = variable.getInitializer();
                    values.add(value == null ? getCurrentPath() : new TreePath(getCurrentPath(), value));
                }
                return super.visitVariable(variable, none);
            }

            @Override
            public Void visitAssignment(AssignmentTree assigned, Void none) {
                if (assigned.getVariable().toString().equals(name.toString())) {
                    values.add(new TreePath(getCurrentPath(), assigned.getExpression()));
                }
                return super.visitAssignment(assigned, none);
            }

            @Override
            public Void visitCompoundAssignment(CompoundAssignmentTree added, Void none) {
                if (added.getVariable().toString().equals(name.toString())) {
                    values.add(getCurrentPath());
                }
                return super.visitCompoundAssignment(added, none);
            }
        }.scan(methodPath, null);
        int position = positionOf(name, method);
        if (position >= 0 && !DOORS.contains(method.getName().toString())) {
            if (!method.getModifiers().getFlags().contains(Modifier.PRIVATE)) {
                return false;
            }
            if (!on.contains(method)) {
                on.add(method);
                values.addAll(arguments(path.getCompilationUnit(), method, position));
            }
        }
        values.forEach(value -> given(value, on));
        return position >= 0 || !values.isEmpty();
    }

    private static int positionOf(IdentifierTree name, MethodTree method) {
        for (int i = 0; i < method.getParameters().size(); i++) {
            if (method.getParameters().get(i).getName().equals(name.getName())) {
                return i;
            }
        }
        return -1;
    }

    private static List<TreePath> arguments(CompilationUnitTree unit, MethodTree method, int position) {
        List<TreePath> found = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
                // the method of another object has a name before it
                if (call.getMethodSelect() instanceof IdentifierTree name
                        && name.getName().equals(method.getName())
                        && call.getArguments().size() == method.getParameters().size()) {
                    found.add(new TreePath(getCurrentPath(), call.getArguments().get(position)));
                }
                return super.visitMethodInvocation(call, none);
            }
        }.scan(unit, null);
        return found;
    }

    private static String nameOf(MethodInvocationTree call) {
        ExpressionTree method = call.getMethodSelect();
        return method instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : method.toString();
    }

    private static String classOf(TreePath path) {
        String name = "";
        for (TreePath at = path; at != null; at = at.getParentPath()) {
            if (at.getLeaf() instanceof ClassTree one && !one.getSimpleName().isEmpty()) {
                name = one.getSimpleName() + (name.isEmpty() ? "" : "$" + name);
            }
        }
        return path.getCompilationUnit().getPackageName() + "." + name;
    }

    private void fault(TreePath path) {
        CompilationUnitTree unit = path.getCompilationUnit();
        String file = unit.getSourceFile().getName();
        long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, path.getLeaf()));
        faults.add(file.substring(file.lastIndexOf('/') + 1)
                + ':'
                + line
                + ' '
                + path.getLeaf().toString().strip());
    }
}
