#include "base.h"

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif

#ifdef WATCHED

void __asan_poison_memory_region(const volatile void *start, unsigned long bytes);
void __asan_unpoison_memory_region(const volatile void *start, unsigned long bytes);

void ck_forbid_memory(const void *start, long bytes) { __asan_poison_memory_region(start, (unsigned long)bytes); }
void ck_allow_memory(const void *start, long bytes) { __asan_unpoison_memory_region(start, (unsigned long)bytes); }

#else

void ck_forbid_memory(const void *start, long bytes) { (void)start, (void)bytes; }
void ck_allow_memory(const void *start, long bytes) { (void)start, (void)bytes; }

#endif
