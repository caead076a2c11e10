package io.allo.pbx.dialplan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables for tests, and the functions LEN, ECHO (its argument) and NULL. */
final class TestScope implements VariableScope {
    final Map<String, String> variables = new HashMap<>();
    final List<String> warnings = new ArrayList<>();

    static TestScope of(String... namesAndValues) {
        var scope = new TestScope();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            scope.variables.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        return scope;
    }

    @Override
    public @Nullable String variable(String name) {
        return variables.get(name);
    }

    @Override
    public @Nullable String function(String name, String arguments) {
        return switch (name) {
            case "LEN" -> String.valueOf(arguments.length());
            case "ECHO" -> arguments;
            case "NULL" -> null;
            default -> throw new DialplanException("there is no function " + name);
        };
    }

    @Override
    public void warning(String english) {
        warnings.add(english);
    }
}
