using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting.Tests;

/// <summary>A host whose node is up, and that ends before it has started.</summary>
public sealed class FailedStartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Node_leaves_when_its_host_does_not_come_to_start(bool isToldToStop)
    {
        using var directory = new TemporaryDirectory();
        using var lines = new LogLines();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHostedService(services => new LastService(isToldToStop, services.GetRequiredService<IHostApplicationLifetime>()));
        builder.AddCarillon("carillon", carillon => carillon.Configure(options =>
        {
            options.Node.Name = "n1";
            options.Node.DataDir = directory.Path;
        }));
        await using (var app = builder.Build())
        {
            await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync());
        }

        Assert.Contains("Node n1 is up on Sqlite, cluster carillon.", lines.Texts);
        Assert.Contains("Node n1 has left.", lines.Texts);
    }

    /// <summary>Is asked once every service has started, the node among them.</summary>
    private sealed class LastService(bool isToldToStop, IHostApplicationLifetime host) : IHostedLifecycleService
    {
        public Task StartedAsync(CancellationToken cancellationToken)
        {
            if (!isToldToStop)
            {
                throw new InvalidOperationException("This start is to fail.");
            }

            host.StopApplication();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.CompletedTask;
        }

        public Task StartingAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }

        public Task StoppingAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }

        public Task StoppedAsync(CancellationToken cancellationToken)
        {
            return Task.CompletedTask;
        }
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Texts { get; } = [];

        public ILogger CreateLogger(string categoryName)
        {
            return this;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            return null;
        }

        public bool IsEnabled(LogLevel logLevel)
        {
            return true;
        }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Texts.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
            // The host disposes it as well.
        }
    }
}
