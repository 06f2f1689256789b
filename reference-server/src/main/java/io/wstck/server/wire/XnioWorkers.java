package io.wstck.server.wire;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * Starts the I/O threads of a server. On first use XNIO sets a system property and registers a bean; this class removes
 * both.
 */
public final class XnioWorkers {
    private static final String PROPERTY = "sun.nio.ch.bugLevel";
    private static final String BEAN = "org.xnio:type=Xnio,provider=\"nio\"";

    private XnioWorkers() {}

    /** Starts a worker. The caller shuts it down. */
    public static XnioWorker start(String name) throws IOException {
        return xnio().createWorker(OptionMap.builder()
                .set(Options.WORKER_NAME, name)
                .set(Options.WORKER_IO_THREADS, 2)
                .set(Options.WORKER_TASK_CORE_THREADS, 1)
                .set(Options.WORKER_TASK_MAX_THREADS, 2)
                .getMap());
    }

    private static synchronized Xnio xnio() throws IOException {
        try {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            ObjectName bean = new ObjectName(BEAN);
            boolean propertyWasSet = System.getProperty(PROPERTY) != null;
            boolean beanWasThere = beans.isRegistered(bean);
            Xnio xnio = Xnio.getInstance(XnioWorkers.class.getClassLoader());
            if (!propertyWasSet) {
                System.clearProperty(PROPERTY);
            }
            if (!beanWasThere) {
                remove(beans, bean);
            }
            return xnio;
        } catch (JMException e) {
            throw new IOException("expected a usable management server: " + e.getMessage(), e);
        }
    }

    private static void remove(MBeanServer beans, ObjectName bean) throws JMException {
        try {
            beans.unregisterMBean(bean);
        } catch (InstanceNotFoundException e) {
            // An earlier use has removed the bean, or XNIO has registered none.
            return;
        }
    }
}
