package io.allo.pbx.app.function;

import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Application;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.DialplanFunction;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Turns what this room can do into functions that a runner knows. Used once, while wiring. */
final class FunctionTable {

    /** How a function is read. */
    interface Reader {
        String read(Call call, String arguments);
    }

    /** How it is set. */
    interface Writer {
        void write(Call call, String arguments, String value);
    }

    private final DialplanRunner runner;

    FunctionTable(DialplanRunner runner) {
        this.runner = runner;
    }

    void readable(String name, Reader reader) {
        runner.register(new Named(name, reader, null));
    }

    void settable(String name, Reader reader, Writer writer) {
        runner.register(new Named(name, reader, writer));
    }

    /** A function that can be set only; read, it is empty, which is reported. */
    void writable(String name, Writer writer) {
        settable(
                name,
                (call, arguments) -> {
                    throw new DialplanException("can be set, not read");
                },
                writer);
    }

    /** An application that belongs to functions. */
    void application(String name, BiConsumer<Call, String> body) {
        runner.register(new NamedApplication(name, body));
    }

    private record NamedApplication(String name, BiConsumer<Call, String> body) implements Application {
        @Override
        public void execute(Call call, String data) {
            body.accept(call, data);
        }
    }

    private record Named(
            String name, Reader reader, @Nullable Writer writer) implements DialplanFunction {
        @Override
        public String read(Call call, String arguments) {
            return reader.read(call, arguments);
        }

        @Override
        public void write(Call call, String arguments, String value) {
            if (writer == null) {
                DialplanFunction.super.write(call, arguments, value);
            } else {
                writer.write(call, arguments, value);
            }
        }
    }
}
