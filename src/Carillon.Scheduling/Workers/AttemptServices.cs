using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Scheduling;

/// <summary>
/// The services of an attempt. Their scope is made when the first of them is asked for: most code has what it needs.
/// Safe for several threads.
/// </summary>
internal sealed class AttemptServices(IServiceScopeFactory scopes) : IKeyedServiceProvider, IAsyncDisposable
{
    private IServiceScope? _scope;
    private volatile bool _isDisposed;

    private IServiceProvider Services => (_scope ?? Open()).ServiceProvider;

    public object? GetService(Type serviceType)
    {
        return Services.GetService(serviceType);
    }

    public object? GetKeyedService(Type serviceType, object? serviceKey)
    {
        return Services.GetKeyedService(serviceType, serviceKey);
    }

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey)
    {
        return Services.GetRequiredKeyedService(serviceType, serviceKey);
    }

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        if (_scope is IAsyncDisposable scope)
        {
            return scope.DisposeAsync();
        }

        _scope?.Dispose();
        return default;
    }

    private IServiceScope Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var opened = scopes.CreateScope();
        if (Interlocked.CompareExchange(ref _scope, opened, null) is not { } first)
        {
            return opened;
        }

        opened.Dispose(); // another thread was first, and nobody has seen this one
        return first;
    }
}
