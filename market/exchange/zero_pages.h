// A large array of zeroes in pages that the system hands out only as they are touched,
// so that an array over all prices costs memory only where there are orders.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

namespace oneup::exchange {

template <typename T>
class ZeroPages {
  static_assert(std::is_trivially_copyable_v<T>, "all zero bits must be a valid value");

 public:
  // Throws std::bad_alloc if the address space is used up.
  explicit ZeroPages(size_t count) : data_(Map(count * sizeof(T)), {count * sizeof(T)}) {}

  T& operator[](size_t i) { return data_.get()[i]; }
  const T& operator[](size_t i) const { return data_.get()[i]; }

 private:
  struct Unmap {
    size_t bytes;
    void operator()(T* data) const { munmap(data, bytes); }
  };
  static T* Map(size_t bytes) {
    void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (data == MAP_FAILED) throw std::bad_alloc();
    return static_cast<T*>(data);
  }

  std::unique_ptr<T, Unmap> data_;
};

}  // namespace oneup::exchange
