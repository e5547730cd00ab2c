package nl.wijkhub.app.batch;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import nl.wijkhub.app.embedded.*;
import nl.wijkhub.app.broker.*;
import nl.wijkhub.kernel.*;
public class Probe0 {
  public static void main(String[] a) throws Exception {
    Path d = Path.of(a[0]);
    long t=System.nanoTime();
    var db = new EmbeddedDatabase(d.resolve("database"), "fake-password");
    db.start();
    System.out.println("db "+(System.nanoTime()-t)/1000000);
    t=System.nanoTime();
    Path s=d.resolve("secrets"); Vault.createKeys(s); Vault v=Vault.open(s);
    var broker=new EmbeddedBroker(0,d.resolve("broker"),5999,new BrokerLogins(v,x->false,x->true),Duration.ofDays(30));
    broker.start();
    System.out.println("broker "+(System.nanoTime()-t)/1000000);
    var c=new BrokerConnection("vm://0","hub",BrokerLogins.passwordOf(v,"hub"));
    int q=Integer.parseInt(a[1]);
    var names=new ArrayList<String>(); for(int i=0;i<q;i++) names.add("team.t"+i+".municipality");
    t=System.nanoTime(); c.ensureQueues(names,-1); System.out.println("queues "+q+" "+(System.nanoTime()-t)/1000000);
    Random r=new Random(1);
    for(int round=0;round<4;round++){ t=System.nanoTime(); int n=200;
      for(int b=0;b<n;b++){ var l=new ArrayList<OutgoingMessage>(); for(int i=0;i<192;i++) l.add(new OutgoingMessage(names.get(r.nextInt(q)),UUID.randomUUID().toString(),null,"application/json","{\"id\":1}".getBytes())); c.send(l);}
      System.out.println("us/send "+(System.nanoTime()-t)/1000/(n*192)); }
    t=System.nanoTime(); for(int i=0;i<500;i++) c.send(List.of(new OutgoingMessage(names.get(0),UUID.randomUUID().toString(),null,"x","y".getBytes()))); System.out.println("us/single "+(System.nanoTime()-t)/1000/500);
    c.close(); broker.close(); db.close(); System.out.println("closed"); System.exit(0);
  }
}
