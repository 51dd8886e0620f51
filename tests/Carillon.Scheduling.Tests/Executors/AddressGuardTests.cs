using System.Net;

namespace Carillon.Scheduling.Tests.Executors;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("febf::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("::ffff:168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("::169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")] // NAT64
    [InlineData("2002:a9fe:a9fe::1")] // 6to4
    public void Link_local_and_metadata_addresses_are_refused(string address)
    {
        Assert.True(AddressGuard.IsRefused(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.253.0.1")]
    [InlineData("100.100.100.201")]
    [InlineData("93.184.216.34")]
    [InlineData("2001:db8::1")]
    [InlineData("fd00:ec2::253")]
    public void Other_addresses_are_reached(string address)
    {
        Assert.False(AddressGuard.IsRefused(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[64:ff9b::169.254.169.254]/")]
    [InlineData("http://2852039166/")] // the same number, written as one
    [InlineData("http://0xA9FEA9FE/")]
    [InlineData("http://0251.0376.0251.0376/")] // and in octal
    [InlineData("http://169.254.43518/")]
    public async Task Request_to_a_refused_address_fails_before_it_connects(string url)
    {
        using var http = AddressGuard.CreateClient(allowLinkLocal: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request, CancellationToken.None));

        Assert.Contains("link-local", error.Message, StringComparison.Ordinal);
    }
}
