"""Knowledge graphs from Chinese environmental documents."""
