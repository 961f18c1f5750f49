// Starts one OpenSearch node in this process, from the server's own jars: no distribution has to be installed for tests.
// Settings come as name=value; the node runs until the process ends.
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

public final class StartNode {
  /** The constructor that takes modules from the class path is meant for embedding, and protected. */
  private static final class EmbeddedNode extends Node {
    EmbeddedNode(Settings settings, List<Class<? extends Plugin>> modules) {
      super(InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"), modules, false);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Settings.Builder settings = Settings.builder();
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      String name = argument.substring(0, at);
      String value = argument.substring(at + 1);
      if (value.contains(",")) settings.putList(name, value.split(","));
      else settings.put(name, value);
    }
    Node node = new EmbeddedNode(
        settings.build(),
        List.of(
            Netty4Plugin.class,
            PainlessPlugin.class,
            CommonAnalysisPlugin.class));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {
        node.close();
      } catch (Exception ignored) {
        // The process ends anyway.
      }
    }));
    node.start();
    new CountDownLatch(1).await();
  }
}
