package dev.roadstead.infra.relay;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.s3.assets.Asset;

/**
 * What the relay's machine does when it runs for the first time: it installs the relay as a service
 * that every later start runs. Whatever goes wrong, it stops, because a machine that runs costs
 * money, and the next start begins from the beginning.
 */
final class RelayBoot {
  private static final String MAIN = "dev.roadstead.relay.server.RelayServer";

  private RelayBoot() {}

  /** The script for this program, which listens on this port. */
  static UserData script(Asset program, int port, String region, Map<String, String> environment) {
    var told = new TreeMap<>(environment);
    told.put("AWS_REGION", region);
    var lines =
        told.entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .collect(Collectors.joining("\n"));
    var script = UserData.forLinux();
    script.addCommands(
        """
        set -e
        # Without this file cloud-init runs the script at the next start too.
        trap 'rm -f /var/lib/cloud/instance/sem/config_scripts_user; shutdown -h now' ERR
        # Packages come by the gateway to S3, where the system's repositories lie.
        dnf install -y java-25-amazon-corretto-headless
        install -d /opt/roadstead
        aws s3 cp --region %1$s s3://%2$s/%3$s /opt/roadstead/relay.zip
        python3 -m zipfile -e /opt/roadstead/relay.zip /opt/roadstead
        install -m 0600 /dev/null /etc/roadstead-relay.env
        cat > /etc/roadstead-relay.env <<'VARIABLES'
        %4$s
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
        ExecStart=/usr/bin/java -XX:+UseSerialGC -Xms32m -Xmx256m -XX:MaxDirectMemorySize=160m \\
          --add-opens=java.base/java.security=ALL-UNNAMED \\
          --add-opens=java.base/sun.security.provider=ALL-UNNAMED \\
          -cp "/opt/roadstead/lib/*" %5$s --address 0.0.0.0 --port %6$d
        ExecStopPost=+/usr/bin/systemctl --no-block poweroff
        [Install]
        WantedBy=multi-user.target
        SERVICE
        systemctl daemon-reload
        systemctl enable --now roadstead-relay\
        """
            .formatted(
                region, program.getS3BucketName(), program.getS3ObjectKey(), lines, MAIN, port));
    return script;
  }
}
