package afterword.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import afterword.model.Cidr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressesTest {
  @ParameterizedTest(name = "{0} is public: {1}")
  @CsvSource({
    "8.8.8.8, true",
    "93.184.216.34, true",
    "100.63.255.255, true",
    "100.64.0.1, false",
    "127.0.0.1, false",
    "0.0.0.0, false",
    "10.1.2.3, false",
    "169.254.169.254, false",
    "172.15.0.1, true",
    "172.31.0.1, false",
    "192.168.0.1, false",
    "198.19.255.255, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "::1, false",
    "::, false",
    "::127.0.0.1, false",
    "::ffff:127.0.0.1, false",
    "::ffff:8.8.8.8, true",
    "::ffff:0:169.254.169.254, false",
    "64:ff9b::7f00:1, false",
    "64:ff9b::808:808, true",
    "64:ff9b:1::a9fe:a9fe, false",
    "2002:7f00:1::, false",
    "2002:808:808::, false",
    "2001:0:7f00:1::, false",
    "2001:db8::1, false",
    "2606:2800:220:1:248:1893:25c8:1946, true",
    "fe80::1, false",
    "fc00::1, false",
    "fd00:ec2::254, false",
    "fec0::1, false",
    "ff02::1, false",
    "3fff::1, false",
    "5f00::1, false",
  })
  void judges(String address, boolean isPublic) {
    assertEquals(isPublic, PublicAddresses.contains(Cidr.addressOf(address).orElseThrow()));
  }
}
