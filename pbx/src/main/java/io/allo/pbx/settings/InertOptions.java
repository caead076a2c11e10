package io.allo.pbx.settings;

import java.util.List;

/** Options of asterisk.conf {@code [options]} that do nothing here, each with what to do instead. */
final class InertOptions {

    private InertOptions() {}

    static final List<Inert> OF_ASTERISK_CONF = List.of(
            Inert.of(
                    "documentation_language",
                    "Asterisk shows its help in it; allo speaks the language of LANG",
                    "Asterisk y affiche son aide ; allo parle la langue de LANG"),
            Inert.of(
                    "runuser",
                    "Asterisk changes to that user; start allo as that user (User= in systemd)",
                    "Asterisk prend cette identité ; lancez allo sous cet utilisateur (User= dans systemd)"),
            Inert.of(
                    "rungroup",
                    "Asterisk changes to that group; start allo with it (Group= in systemd)",
                    "Asterisk prend ce groupe ; lancez allo avec lui (Group= dans systemd)"),
            Inert.of(
                    "alwaysfork",
                    "Asterisk goes into the background; allo stays in front, for systemd",
                    "Asterisk passe en arrière-plan ; allo reste au premier plan, pour systemd"),
            Inert.of("nofork", "allo always stays in front", "allo reste toujours au premier plan"),
            Inert.of("console", "allo's console is the command allo -r", "la console d'allo est la commande allo -r"),
            Inert.of("quiet", "allo writes to its log", "allo écrit dans son journal"),
            Inert.of(
                    "timestamp",
                    "allo's log lines always have a time",
                    "les lignes du journal d'allo portent toujours l'heure"),
            Inert.of("trace", "allo's log has its own levels", "le journal d'allo a ses propres niveaux"),
            Inert.of(
                    "execincludes",
                    "Asterisk runs programs named by #exec; allo never does",
                    "Asterisk lance les programmes de #exec ; allo jamais"),
            Inert.of(
                    "highpriority",
                    "give allo its priority in systemd (Nice=, CPUSchedulingPolicy=)",
                    "donnez sa priorité à allo dans systemd (Nice=, CPUSchedulingPolicy=)"),
            Inert.of(
                    "initcrypto",
                    "allo has no keys with a pass phrase to ask for at start",
                    "allo ne demande pas de phrase de passe au démarrage"),
            Inert.of("nocolor", "allo colours nothing", "allo ne colore rien"),
            Inert.of("lightbackground", "allo colours nothing", "allo ne colore rien"),
            Inert.of("forceblackbackground", "allo colours nothing", "allo ne colore rien"),
            Inert.of("dontwarn", "allo says each warning once", "allo dit chaque avertissement une fois"),
            Inert.of("dumpcore", "set LimitCORE= in systemd", "réglez LimitCORE= dans systemd"),
            Inert.of(
                    "languageprefix",
                    "sounds are always looked for as lang/file, then file",
                    "les sons sont toujours cherchés comme langue/fichier, puis fichier"),
            Inert.of("autosystemname", "write systemname instead", "écrivez plutôt systemname"),
            Inert.of(
                    "mindtmfduration",
                    "digits are passed on as long as they were pressed",
                    "les chiffres sont transmis avec leur durée"),
            Inert.of(
                    "maxload",
                    "allo limits calls by maxcalls, not by load",
                    "allo limite les appels par maxcalls, non par la charge"),
            Inert.of("maxfiles", "set LimitNOFILE= in systemd", "réglez LimitNOFILE= dans systemd"),
            Inert.of(
                    "minmemfree",
                    "the memory of allo is limited by its start options",
                    "la mémoire d'allo est limitée par ses options de lancement"),
            Inert.of("cache_media_frames", "allo decides this by itself", "allo en décide lui-même"),
            Inert.of(
                    "cache_record_files",
                    "recordings are written where they stay",
                    "les enregistrements sont écrits à leur place"),
            Inert.of(
                    "record_cache_dir",
                    "recordings are written where they stay",
                    "les enregistrements sont écrits à leur place"),
            Inert.of("transcode_via_sln", "allo decides this by itself", "allo en décide lui-même"),
            Inert.of("internal_timing", "allo always times what it sends", "allo cadence toujours ce qu'il envoie"),
            Inert.of("hideconnect", "allo's log names no consoles", "le journal d'allo ne nomme pas les consoles"),
            Inert.of(
                    "lockconfdir",
                    "allo never writes into the configuration directory",
                    "allo n'écrit jamais dans le répertoire de configuration"),
            Inert.of("stdexten", "allo writes no standard extensions", "allo n'écrit pas d'extensions standard"),
            Inert.of("entityid", "allo speaks no DUNDi", "allo ne parle pas DUNDi"),
            Inert.of("rtp_use_dynamic", "allo decides this by itself", "allo en décide lui-même"),
            Inert.of(
                    "rtp_pt_dynamic",
                    "allo uses payload types from 96",
                    "allo utilise les types de charge utile à partir de 96"),
            Inert.of("hide_messaging_ami_events", "allo decides this by itself", "allo en décide lui-même"),
            Inert.of(
                    "sounds_search_custom_dir",
                    "sounds/custom is not searched; name custom/file",
                    "sounds/custom n'est pas parcouru ; écrivez custom/fichier"),
            Inert.of("sendfullybooted", "the event is always sent", "l'événement est toujours envoyé"));
}
