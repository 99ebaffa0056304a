package dev.roadstead.infra.relay;

import java.util.stream.Collectors;
import software.amazon.awscdk.services.ec2.UserData;

/**
 * What the relay's machine does when it runs for the first time: it installs the relay as a service
 * that every later start runs. Whatever goes wrong, it stops, because a machine that runs costs
 * money, and the next start begins from the beginning.
 */
final class RelayBoot {
  private static final String FOLDER = "/opt/roadstead";

  private static final String SCRIPT =
      """
        set -e
        # Without this file cloud-init runs the script at the next start too.
        trap 'rm -f /var/lib/cloud/instance/sem/config_scripts_user; shutdown -h now' ERR
        # Packages come by the gateway to S3, where the system's repositories lie.
        dnf install -y java-25-amazon-corretto-headless
        install -d %1$s
        aws s3 cp --region %5$s %2$s %1$s/relay.zip
        python3 -m zipfile -e %1$s/relay.zip %1$s
        install -m 0600 /dev/null /etc/roadstead-relay.env
        cat > /etc/roadstead-relay.env <<'VARIABLES'
        %3$s
        VARIABLES
        cat > /etc/systemd/system/roadstead-relay.service <<'SERVICE'
        [Unit]
        Description=Roadstead relay
        Wants=network-online.target
        After=network-online.target
        [Service]
        EnvironmentFile=/etc/roadstead-relay.env
        DynamicUser=yes
        PrivateTmp=yes
        StandardOutput=journal+console
        StandardError=journal+console
        ExecStart=/usr/bin/java %4$s
        ExecStopPost=+/usr/bin/systemctl --no-block poweroff
        [Install]
        WantedBy=multi-user.target
        SERVICE
        systemctl daemon-reload
        systemctl enable --now roadstead-relay\
        """;

  private RelayBoot() {}

  /** What is different for machines that this script would set up differently: it runs once. */
  static String version(RelayProgram program) {
    return SCRIPT + RelayProgram.arguments(FOLDER) + program.version();
  }

  /** The script for this program. */
  static UserData script(RelayProgram program) {
    var lines =
        program.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .collect(Collectors.joining("\n"));
    var script = UserData.forLinux();
    script.addCommands(
        SCRIPT.formatted(
            FOLDER, program.address(), lines, RelayProgram.arguments(FOLDER), program.region()));
    return script;
  }
}
