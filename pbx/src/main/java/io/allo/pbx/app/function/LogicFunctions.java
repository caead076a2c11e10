package io.allo.pbx.app.function;

import io.allo.core.random.RandomSource;
import io.allo.pbx.app.function.text.MathExpression;
import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.app.function.text.RawArguments;
import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.BranchText;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.TimeCondition;
import java.util.Locale;

/** IF and its kin, and chance. Any thread. */
final class LogicFunctions {

    /** Asterisk's largest random number: a C int. */
    private static final long RAND_MAX = Integer.MAX_VALUE;

    private final Values values;
    private final RandomSource random;

    LogicFunctions(Values values, RandomSource random) {
        this.values = values;
        this.random = random;
    }

    void register(FunctionTable table) {
        table.readable("IF", this::choose);
        table.readable("IFTIME", this::chooseByTime);
        table.readable("IFMODULE", this::module);
        table.readable("ISNULL", (call, text) -> text.isEmpty() ? "1" : "0");
        table.readable("EXISTS", (call, text) -> text.isEmpty() ? "0" : "1");
        table.readable("PASSTHRU", (call, text) -> text);
        table.readable("SET", this::set);
        table.readable("EVAL", (call, text) -> values.runner().substitute(call, text));
        table.readable("INC", (call, name) -> step(call, name, 1));
        table.readable("DEC", (call, name) -> step(call, name, -1));
        table.readable("MATH", (call, text) -> MathExpression.evaluate(text));
        table.readable("RAND", this::rand);
    }

    private String choose(Call call, String data) {
        var branch = BranchText.of(data);
        return unquoted(Numbers.isTrue(branch.condition()) ? branch.yes() : branch.no());
    }

    private String chooseByTime(Call call, String data) {
        var question = data.indexOf('?');
        if (question < 0) {
            throw new DialplanException("needs times,weekdays,days,months?one:other");
        }
        var branch = BranchText.of("1" + data.substring(question));
        var now = TimeCondition.of(data.substring(0, question))
                .holds(values.runner().now());
        return unquoted(now ? branch.yes() : branch.no());
    }

    /** A module counts as loaded if allo has the application or function that it is named after. */
    private String module(Call call, String name) {
        var stem = name.strip().toLowerCase(Locale.ROOT).replaceFirst("\\.so$", "");
        var runner = values.runner();
        var known = stem.startsWith("app_") && runner.hasApplication(stem.substring(4))
                || stem.startsWith("func_")
                        && runner.functionNames().stream().anyMatch(each -> each.equalsIgnoreCase(stem.substring(5)))
                || stem.equals("chan_pjsip")
                || stem.equals("res_pjsip");
        return known ? "1" : "0";
    }

    private String set(Call call, String data) {
        var equals = data.indexOf('=');
        if (equals < 0) {
            throw new DialplanException("needs name=value");
        }
        var value = data.substring(equals + 1);
        values.set(call, data.substring(0, equals), value);
        return value;
    }

    private String step(Call call, String name, int by) {
        var before = values.of(call, name);
        if (before.isEmpty()) {
            throw new DialplanException(name + " has no value");
        }
        var after = String.valueOf(Numbers.number(before, name) + by);
        values.set(call, name, after);
        return after;
    }

    private String rand(Call call, String data) {
        var arguments = Arguments.of(data);
        var min = arguments.get(0).isBlank() ? 0 : Numbers.number(arguments.get(0), "the least");
        var max = arguments.get(1).isBlank() ? RAND_MAX : Numbers.number(arguments.get(1), "the most");
        if (max < min) {
            var least = max;
            max = min;
            min = least;
        }
        var count = max - min + 1;
        if (count <= 0 || count > RAND_MAX) {
            return String.valueOf(min + Math.floorMod(random.nextLong(), Math.max(1, count)));
        }
        return String.valueOf(min + random.nextInt((int) count));
    }

    private static String unquoted(String text) {
        return RawArguments.unquoted(text.strip());
    }
}
