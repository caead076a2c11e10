package io.allo.pbx.app.agi;

import io.allo.io.agi.AgiInput;
import io.allo.io.agi.AgiLauncher;
import io.allo.io.agi.AgiLink;
import io.allo.io.recording.RecordingDesk;
import io.allo.pbx.app.CallerWorld;
import io.allo.pbx.call.recording.Recorder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A script that says its lines one after the other, each when the one before was replied to, and notes what it is told. */
final class ScriptKit implements AgiLauncher, AgiLink {
    final CallerWorld world;
    final List<String> told = new ArrayList<>();
    final Map<String, String> database = new TreeMap<>();
    private final Deque<String> lines = new ArrayDeque<>();
    String environment = "";
    boolean silentAtTheEnd;
    boolean deaf;
    boolean endless;
    boolean closed;
    AgiSettings settings = AgiSettings.DEFAULT;

    ScriptKit(CallerWorld world) {
        this.world = world;
        AgiApplications.register(world.runner(), agiWorld());
    }

    AgiWorld agiWorld() {
        return agiWorld(this);
    }

    /** The same with another launcher. */
    AgiWorld agiWorld(AgiLauncher launcher) {
        var desk = new RecordingDesk(Path.of(System.getProperty("java.io.tmpdir"), "allo-agi-notes"), world.clock());
        return new AgiWorld(
                launcher,
                world.prompts(),
                new Recorder(world.media(), desk, world.clock()),
                () -> Path.of("/var/lib/allo/sounds"),
                world.calls(),
                new Values(),
                () -> settings,
                "1.2");
    }

    private final class Values implements AgiDatabase {
        @Override
        public @Nullable String value(String family, String key) {
            return database.get(family + "/" + key);
        }

        @Override
        public boolean put(String family, String key, String value) {
            database.put(family + "/" + key, value);
            return true;
        }

        @Override
        public boolean remove(String family, String key) {
            return database.remove(family + "/" + key) != null;
        }

        @Override
        public int removeTree(String family, String tree) {
            int before = database.size();
            database.keySet().removeIf(key -> key.startsWith(family + "/" + tree));
            return before - database.size();
        }
    }

    /** What it says. */
    ScriptKit says(String... commands) {
        lines.addAll(List.of(commands));
        return this;
    }

    /** The replies to these commands, in a call that was answered. */
    List<String> replies(String... commands) {
        says(commands);
        world.run("Answer()\nAGI(script)\nNoOp(${AGISTATUS})");
        return told;
    }

    @Override
    public Launched script(String name, List<String> arguments, String text, boolean sound, Runnable wake) {
        environment = text;
        return switch (name) {
            case "missing" -> new Launched.Missing("there is no script missing", "");
            case "refused" -> new Launched.Refused("refused is not run", "");
            default -> new Launched.Running(this);
        };
    }

    @Override
    public boolean hasScript(String name) {
        return name.equals("script");
    }

    @Override
    public AgiLink connect(URI url, String text, Runnable wake) {
        environment = text;
        told.add("connect " + url);
        return this;
    }

    @Override
    public @Nullable AgiInput next() {
        if (endless) {
            return new AgiInput.Line(lines.peek());
        }
        if (!lines.isEmpty()) {
            return new AgiInput.Line(lines.poll());
        }
        return silentAtTheEnd ? null : new AgiInput.Ended("exit status 0");
    }

    @Override
    public boolean send(String text) {
        if (deaf) {
            return false;
        }
        if (told.size() > 100_000) {
            throw new AssertionError("the conversation does not end");
        }
        told.addAll(text.lines().toList());
        return true;
    }

    @Override
    public void hangUp() {
        told.add("HANGUP");
    }

    @Override
    public void close() {
        closed = true;
    }
}
