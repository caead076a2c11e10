package io.allo.pbx.app.agi;

import io.allo.io.agi.AgiLauncher;
import io.allo.pbx.call.Calls;
import io.allo.pbx.call.prompt.Prompts;
import io.allo.pbx.call.recording.Recorder;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What scripts are run with; made once by the wiring. Immutable; what it names is for any thread.
 *
 * @param launcher starts them
 * @param prompts what they let the caller hear
 * @param recorder what records for RECORD FILE
 * @param sounds where that is put when its name is no whole path
 * @param calls where CHANNEL STATUS and HANGUP find other channels
 * @param database what DB() keeps
 * @param settings agi.conf as it is now
 * @param version of allo, told to scripts as agi_version
 */
public record AgiWorld(
        AgiLauncher launcher,
        Prompts prompts,
        Recorder recorder,
        Supplier<Path> sounds,
        Calls calls,
        AgiDatabase database,
        Supplier<AgiSettings> settings,
        String version) {}
