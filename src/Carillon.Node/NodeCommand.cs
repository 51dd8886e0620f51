using Carillon.Hosting;
using Carillon.Node.Logging;
using Carillon.Web;

namespace Carillon.Node;

/// <summary>Runs a node from its configuration until it is told to stop.</summary>
internal static class NodeCommand
{
    public static async Task<int> RunAsync(NodeArguments arguments, TextWriter output, TextWriter errors)
    {
        var (builder, options) = ConfiguredNode.Create(arguments);
        options.Node.Urls = ListenUrls.Choose(options.Node);
        var urls = options.Node.Urls.Split(';', StringSplitOptions.TrimEntries);
        builder.WebHost.UseUrls(urls);
        using var certificate = TlsFiles.ReadCertificate(options.Security.Tls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate;
            https.ServerCertificateChain = TlsFiles.ReadChain(options.Security.Tls);
        }));
        var identity = NodeIdentity.From(options.Node, Guid.Empty);
        NodeLogging.Configure(builder.Logging, options.Logging, identity.Name, TimeProvider.System, errors);

        var app = builder.Build();
        await using (app.ConfigureAwait(false))
        {
            app.MapCarillon();
            using var second = SecondSignal.ExitAtOnce();
            await output.WriteLineAsync(urls[0] + "/scheduler-monitoring");
            await RunAsync(app);
        }

        return ExitCode.Ok;
    }

    /// <summary>Runs until the host is told to stop, which may be while it still starts.</summary>
    private static async Task RunAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host has been disposed of by now, and with it the node has left.
        }
    }
}
