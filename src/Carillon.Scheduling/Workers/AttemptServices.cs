using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Scheduling;

/// <summary>
/// The services of an attempt. Their scope is made when the first of them is asked for: most code has what it needs.
/// Safe for several threads.
/// </summary>
internal sealed class AttemptServices(IServiceScopeFactory scopes) : IKeyedServiceProvider, IAsyncDisposable
{
    private IServiceScope? _scope;
    private object? _gate;
    private volatile bool _isDisposed;

    private IServiceProvider Services => LazyInitializer.EnsureInitialized(ref _scope, ref _gate, Open).ServiceProvider;

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
        return scopes.CreateScope();
    }
}
